"""Page objects of the Merchant Dashboard, one per page or panel of the documented path.

Source: https://docs.clover.com/dev/docs/redirecting-customers (Option 2)
"""
