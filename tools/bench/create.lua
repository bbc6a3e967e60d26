-- The request of wrk: create a checkout session. The last line of output counts the answers.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = [[{
  "customer": {"firstName": "Alex", "lastName": "Doe", "email": "alex.doe@example.com"},
  "redirectUrls": {
    "success": "https://merchant.example/success?session_id={CHECKOUT_SESSION_ID}",
    "failure": "https://merchant.example/failure?error_code={ERROR_CODE}",
    "cancel": "https://merchant.example/cancel"
  },
  "shoppingCart": {"lineItems": [{"name": "itemA", "price": 500, "unitQty": 1}]}
}]]

function done(summary)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  print(string.format("%d %d %d", summary.requests, failed, summary.duration))
end
