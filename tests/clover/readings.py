"""Texts that URL parsers read in different ways, with the reading of a browser.

Written for this project and checked by hand with ``new URL(text).href`` in Chromium.
"""

READINGS: tuple[tuple[str, str], ...] = (
    # which host
    ("https://merchant.example\\@evil.example/", "https://merchant.example/@evil.example/"),
    ("https:\\\\evil.example/", "https://evil.example/"),
    ("https:/\\evil.example/a", "https://evil.example/a"),
    ("https:evil.example/a", "https://evil.example/a"),
    ("https:/evil.example", "https://evil.example/"),
    ("https:///evil.example", "https://evil.example/"),
    ("https://merchant.example@evil.example/", "https://merchant.example@evil.example/"),
    ("https://merchant.example:443@evil.example/", "https://merchant.example:443@evil.example/"),
    ("https://a@b@merchant.example/", "https://a%40b@merchant.example/"),
    ("https://:secret@merchant.example/", "https://:secret@merchant.example/"),
    ("https://@merchant.example/", "https://merchant.example/"),
    ("https://merchant.example?@evil.example/", "https://merchant.example/?@evil.example/"),
    ("https://merchant.example#@evil.example/", "https://merchant.example/#@evil.example/"),
    ("https://merchant.example/@evil.example", "https://merchant.example/@evil.example"),
    ("https://merchant.example%2F@evil.example/", "https://merchant.example%2F@evil.example/"),
    # how the host is written
    ("HTTPS://MERCHANT.Example/", "https://merchant.example/"),
    ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
    ("https://MÜNCHEN.example/", "https://xn--mnchen-3ya.example/"),
    ("https://xn--mnchen-3ya.example/", "https://xn--mnchen-3ya.example/"),
    ("https://merchant。example/", "https://merchant.example/"),
    ("https://merchant．example/", "https://merchant.example/"),
    ("https://ｍｅｒｃｈａｎｔ.example/", "https://merchant.example/"),
    ("https://mer\u00adchant.example/", "https://merchant.example/"),
    ("https://merch%61nt.example/", "https://merchant.example/"),
    ("https://merchant.example./", "https://merchant.example./"),
    ("https://faß.example/", "https://xn--fa-hia.example/"),
    ("https://merchant..example/", "https://merchant..example/"),
    ("https://{CHECKOUT_SESSION_ID}.example/", "https://{checkout_session_id}.example/"),
    # numbers as hosts
    ("https://127.1/", "https://127.0.0.1/"),
    ("https://0x7f.0.0.1/", "https://127.0.0.1/"),
    ("https://2130706433/", "https://127.0.0.1/"),
    ("https://[0:0::1]/", "https://[::1]/"),
    # the port
    ("https://merchant.example:443/", "https://merchant.example/"),
    ("http://merchant.example:80/", "http://merchant.example/"),
    ("https://merchant.example:80/", "https://merchant.example:80/"),
    ("https://merchant.example:/a", "https://merchant.example/a"),
    ("https://merchant.example:00443/", "https://merchant.example/"),
    # the path
    ("https://merchant.example", "https://merchant.example/"),
    ("https://merchant.example/a/../b/./c", "https://merchant.example/b/c"),
    ("https://merchant.example/../../a", "https://merchant.example/a"),
    ("https://merchant.example/a/%2e%2E/b/%2e/c", "https://merchant.example/b/c"),
    ("https://merchant.example/a/.%2e", "https://merchant.example/"),
    ("https://merchant.example/a//b/", "https://merchant.example/a//b/"),
    ("https://merchant.example\\a\\b", "https://merchant.example/a/b"),
    ("https://merchant.example/a%2fb%2Fc", "https://merchant.example/a%2fb%2Fc"),
    ("https://merchant.example/été", "https://merchant.example/%C3%A9t%C3%A9"),
    ("https://merchant.example/{a} \"<>`^|", "https://merchant.example/%7Ba%7D%20%22%3C%3E%60%5E%7C"),
    ("https://merchant.example/a|b", "https://merchant.example/a%7Cb"),
    ("https://it's@merchant.example/", "https://it%27s@merchant.example/"),
    ("https://merchant.example/%zz%", "https://merchant.example/%zz%"),
    # the query
    ("https://merchant.example/?", "https://merchant.example/?"),
    ("https://merchant.example/?a=1?b=2", "https://merchant.example/?a=1?b=2"),
    ("https://merchant.example/?é=日", "https://merchant.example/?%C3%A9=%E6%97%A5"),
    ("https://merchant.example/?a={b} '\"<>", "https://merchant.example/?a={b}%20%27%22%3C%3E"),
    ("https://merchant.example/?a\\b/../c", "https://merchant.example/?a\\b/../c"),
    ("https://merchant.example/?a+b%20c%2B", "https://merchant.example/?a+b%20c%2B"),
    ("https://merchant.example/?\ud83c\udf89".encode("utf-16", "surrogatepass").decode("utf-16"),
     "https://merchant.example/?%F0%9F%8E%89"),
    # the fragment
    ("https://merchant.example/#", "https://merchant.example/#"),
    ("https://merchant.example/#a?b#c", "https://merchant.example/#a?b#c"),
    ("https://merchant.example/#é {a} `", "https://merchant.example/#%C3%A9%20{a}%20%60"),
    # what is thrown away before anything else
    ("  https://merchant.example/a \t", "https://merchant.example/a"),
    ("\x00\x1fhttps://merchant.example/", "https://merchant.example/"),
    ("ht\ntps://mer\tchant.example/a\r\nb", "https://merchant.example/ab"),
    ("https://merchant.example/?a=\r\nX-Evil: 1", "https://merchant.example/?a=X-Evil:%201"),
)  # fmt: skip

#: The browser refuses the text, or it names no host.
REFUSED = (
    "https://mer^chant.example/", "https://mer%00chant.example/", "https://mer<chant.example/",
    "https://merchant%2Fexample/", "https://mer%zzchant.example/", "https:///", "https://",
    "//merchant.example/", "merchant.example/a", "/only/a/path", "", "javascript:alert(1)",
    "data:text/html,hello", "mailto:alex@merchant.example", "https://127.0.0.256/", "https://[::1/",
    "https://merchant.example:65536/", "https://merchant.example:8a/",
)  # fmt: skip
