"""Shapes of redirect URLs that merchants write, and that go wrong.

In a shape, BASE is the session's unique address, ``https://merchant.example/<nonce>/<outcome>``,
and AT its path, for shapes with another host. A *plain* shape is one that every provider must
accept, so it runs on a sandbox too. For the others a sandbox's answer is unknown, so they run on
the stand-in only.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from typing import NamedTuple

from records.outcome import Outcome

SUCCESS, FAILURE, CANCEL = Outcome
ALL = tuple(Outcome)

_OWN = (
    "?order=A%20b+c%2Bd&rate=100%25&ville=Montr%C3%A9al&note=&flag&tag=red&tag=blue&tag=red"
    "&next=https%3A%2F%2Fshop.example%2F%3Fa%3D1%26b%3D2"
)

#: Own parameters with blanks, plus, percent and non-ASCII, empty, valueless and repeated ones,
#: the placeholder that the documentation shows for the outcome, and a fragment.
RICH = {
    SUCCESS: f"{_OWN}&session_id={{CHECKOUT_SESSION_ID}}#thanks/step-2",
    FAILURE: f"{_OWN}&error_code={{ERROR_CODE}}#try-again",
    CANCEL: f"{_OWN}#basket",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """One way to write a redirect URL.

    Attributes:
        name: for reports.
        text: the URL, with BASE or AT in it.
        outcomes: the outcomes that it can be for.
        plain: whether every provider must accept it.
        everywhere: whether every run tries it for each outcome.
        joins: whether it can be combined with others in one URL; alone it is tried only in a
            thorough run, since the joint URL shows the same.
    """

    name: str
    text: str
    outcomes: tuple[Outcome, ...] = ALL
    plain: bool = True
    everywhere: bool = False
    joins: bool = False

    @property
    def needs_rules(self) -> bool:
        """Whether it needs host names that only resolver rules can give."""
        return not self.text.startswith("BASE")

    def url(self, base: str) -> str:
        """Return the URL for one session and outcome, whose unique address is ``base``."""
        path = "/" + base.split("/", 3)[3]
        return self.text.replace("BASE", base).replace("AT", path)


def _part(name: str, text: str) -> Shape:
    """A plain shape that can be combined with others in one URL."""
    return Shape(name, text, joins=True)


def _odd(name: str, text: str, outcomes: tuple[Outcome, ...] = ALL) -> Shape:
    return Shape(name, text, outcomes, plain=False)


PARAMETERS = (
    Shape("no query", "BASE"),
    _part("one parameter", "BASE?order=4711"),
    Shape("many parameters", "BASE?" + "&".join(f"p{n}={n}" for n in range(120))),
    _part("repeated parameter", "BASE?tag=a&tag=b&tag=a"),
    _part("empty value", "BASE?note=&order=1"),
    _part("no value", "BASE?paid&order=1"),
    Shape("only a name", "BASE?done"),
    Shape("empty name", "BASE?=1&a=2"),
    Shape("oddly ordered", "BASE?z=1&a=2&m=3&A=4&10=5&9=6"),
    _part("indexed names", "BASE?items%5B0%5D=a&items%5B1%5D=b"),
    _part("plus", "BASE?q=a+b"),
    _part("encoded blank", "BASE?q=a%20b"),
    _part("encoded plus", "BASE?q=1%2B1"),
    _part("encoded ampersand", "BASE?q=R%26D&x=1"),
    _part("encoded equals", "BASE?q=a%3Db"),
    Shape("equals in a value", "BASE?token=abc==&x=1"),
    _part("encoded percent", "BASE?rate=100%25"),
    _part("doubly encoded", "BASE?q=a%2520b"),
    _part("lower-case encoding", "BASE?q=%e2%82%ac&x=%2f"),
    _part("encoded non-ASCII", "BASE?ville=Montr%C3%A9al"),
    _part("encoded emoji", "BASE?mood=%F0%9F%8E%89"),
    _part("Latin-1 encoding", "BASE?ville=Montr%E9al"),
    _part("commas, colons and semicolons", "BASE?ids=1,2,3;4&at=12:30"),
    Shape("brackets", "BASE?a[]=1&a[]=2&b[0]=x&b[key]=y"),
    _part("dots in names of parameters", "BASE?user.name=a&user.id=1"),
    _part("encoded letters", "BASE?q=%41%2Db%7E%5F%2e"),
    Shape("question mark alone", "BASE?"),
    Shape("ampersands", "BASE?&a=1&&b=2&"),
    _part("marks", "BASE?q=it's-(a)_test.~!*@$"),
    _part("two dollar signs", "BASE?price=$$1"),
    _part("encoded line break", "BASE?q=a%0D%0AX-Evil:%201"),
    _part("encoded NUL", "BASE?q=a%00b"),
    _part("URL in a parameter", "BASE?next=https%3A%2F%2Fshop.example%2Fa%3Fb%3Dc%26d%3De%23f"),
    _part("raw URL in a parameter", "BASE?next=https://shop.example/a?b=c"),
    Shape("HTML entity", "BASE?a=1&amp;b=2"),
    _part("markup", "BASE?q=%3Cscript%3Ealert(1)%3C/script%3E"),
    _part("JSON", "BASE?s=%7B%22order%22%3A7%7D"),
    _part("tracking", "BASE?utm_source=mail&utm_campaign=a_b&gclid=Cj0-x&fbclid=I2.y&_ga=2.3"),
    Shape("names that a provider may use itself", "BASE?session_id=own&checkoutId=own&status=own"
          "&error_code=own&order_id=0042&orderId=7&merchant_id=M&mode=test&result=ok&token=t"),
    _part("numbers as written", "BASE?a=007&b=1.50&c=1e3&d=-0&e=0x1F&f=12345678901234567890"),
    _part("words as written", "BASE?a=true&b=null&c=None&d=undefined&e=NaN&f=%20&g=FALSE"),
    _part("names that differ in case", "BASE?Id=1&id=2&ID=3"),
    Shape("more than 2,083 characters", "BASE?fill=" + "x" * 2100 + "&end=1", everywhere=True),
    Shape("empty value at the end", "BASE?order=1&note="),
    _part("encoded marks", "BASE?q=%7C%40%7E%5C%5E%60%22%3C%3E%3A%2C%24"),
    _part("other scripts", "BASE?a=%D8%B3%D9%84%D8%A7%D9%85&b=e%CC%81&c=%F0%9F%91%A9%E2%80%8D"),
    _part("names of HTML entities", "BASE?a=1&copy=2&lt=3&para=4"),
    _odd("8,000 characters", "BASE?fill=" + "y" * 7900),
    _odd("lonely percent", "BASE?rate=100%&x=%zz"),
    _odd("raw non-ASCII", "BASE?ville=Montréal&日本=語"),
    _odd("raw emoji", "BASE?mood=🎉"),
    _odd("raw blank", "BASE?q=a b"),
    _odd("quotes and angles", "BASE?q='\"<>`|^"),
    _odd("second question mark", "BASE?a=1?b=2"),
)  # fmt: skip

FRAGMENTS = (
    Shape("fragment", "BASE#thanks"),
    Shape("query and fragment", "BASE?a=1#thanks"),
    Shape("hash router", "BASE#/orders/7?tab=paid&x=1"),
    Shape("hash bang", "BASE#!/orders"),
    Shape("encoded fragment", "BASE?a=1#%C3%A9t%C3%A9%20%25&b=%e9+c:1"),
    Shape("long fragment", "BASE#" + "f" * 2100),
    Shape("placeholder in the fragment", "BASE#/done/{CHECKOUT_SESSION_ID}"),
    _odd("raw non-ASCII fragment", "BASE#été"),
    _odd("question mark in the fragment", "BASE#a?b#c"),
    _odd("empty fragment", "BASE?a=1#"),
)

PATHS = (
    Shape("trailing slash", "BASE/"),
    Shape("dots in names", "BASE/v1.2/file.name.html"),
    Shape("upper case", "BASE/Thank-You/OK"),
    Shape("encoded slash", "BASE/a%2Fb"),
    _part("encoded blank in the path", "BASE/thank%20you"),
    _part("encoded non-ASCII path", "BASE/caf%C3%A9"),
    Shape("path parameters", "BASE;v=1/a;b=2"),
    _part("locale prefix", "BASE/fr-CA/merci"),
    Shape("index page", "BASE/index.html"),
    _part("at sign in the path", "BASE/@shop"),
    _part("colon in the path", "BASE/a:b"),
    Shape("double slash", "BASE//a///b"),
    _part("lower-case encoding in the path", "BASE/caf%c3%a9%2fx"),
    _part("encoded letters in the path", "BASE/%41%2Db%7E%5F%2e"),
    _part("marks in the path", "BASE/~a!b$c&d'e(f)*g+h,i=j"),
    _odd("dot segments", "BASE/a/../b/./c"),
    _odd("encoded dot segments", "BASE/a/%2e%2e/b"),
    _odd("raw non-ASCII path", "BASE/café"),
    _odd("raw blank in the path", "BASE/thank you"),
    _odd("backslashes in the path", "BASE\\a\\b"),
)

PLACEHOLDERS = (
    Shape("session id in the query", "BASE?session_id={CHECKOUT_SESSION_ID}"),
    _part("session id first of several", "BASE?session_id={CHECKOUT_SESSION_ID}&a=1"),
    _part("session id between others", "BASE?a=1&session_id={CHECKOUT_SESSION_ID}&b=2"),
    Shape("session id in the path", "BASE/{CHECKOUT_SESSION_ID}/done"),
    Shape("session id twice", "BASE?a={CHECKOUT_SESSION_ID}&b={CHECKOUT_SESSION_ID}"),
    Shape("session id everywhere", "BASE/{CHECKOUT_SESSION_ID}?s={CHECKOUT_SESSION_ID}"
          "#{CHECKOUT_SESSION_ID}"),
    _part("session id inside a value", "BASE?ref=order-{CHECKOUT_SESSION_ID}-x"),
    _part("session id as a name", "BASE?{CHECKOUT_SESSION_ID}=1"),
    _part("session id beside itself", "BASE?s={CHECKOUT_SESSION_ID}{CHECKOUT_SESSION_ID}"),
    Shape("error code in the query", "BASE?error_code={ERROR_CODE}", (FAILURE,)),
    Shape("error code in the path", "BASE/{ERROR_CODE}/help", (FAILURE,)),
    Shape("error code twice", "BASE?a={ERROR_CODE}&b={ERROR_CODE}#{ERROR_CODE}", (FAILURE,)),
    Shape("both", "BASE?s={CHECKOUT_SESSION_ID}&e={ERROR_CODE}", (FAILURE,)),
    Shape("both, side by side", "BASE?x={CHECKOUT_SESSION_ID}{ERROR_CODE}", (FAILURE,)),
    Shape("both, error code first", "BASE?e={ERROR_CODE}&s={CHECKOUT_SESSION_ID}", (FAILURE,)),
    Shape("error code where nobody knows its value", "BASE?e={ERROR_CODE}&a=1", (SUCCESS, CANCEL)),
    _odd("already encoded", "BASE?s=%7BCHECKOUT_SESSION_ID%7D"),
    _odd("encoded beside raw", "BASE?a=%7BCHECKOUT_SESSION_ID%7D&b={CHECKOUT_SESSION_ID}"),
    _part("misspelt", "BASE?s={checkoutSessionId}&t={CHECKOUT_SESSION}"),
    Shape("lower case", "BASE?s={checkout_session_id}&e={error_code}"),
    _odd("blanks inside", "BASE?s={%20CHECKOUT_SESSION_ID%20}"),
    _part("nested braces", "BASE?s={{CHECKOUT_SESSION_ID}}"),
    _part("dollar and braces", "BASE?s=${CHECKOUT_SESSION_ID}"),
    _part("without braces", "BASE?s=CHECKOUT_SESSION_ID"),
    _odd("unclosed", "BASE?s={CHECKOUT_SESSION_ID&t={CHECKOUT_SESSION_ID}"),
)  # fmt: skip

HOSTS = (
    Shape("default port", "https://merchant.exampleAT"),
    Shape("explicit default port", "https://merchant.example:443AT?a=1"),
    Shape("explicit port", "https://merchant.example:8443AT?a=1"),
    Shape("sub-domain", "https://pay.shop.merchant.exampleAT"),
    Shape("www", "https://www.merchant.exampleAT"),
    Shape("upper-case host", "https://Merchant.EXAMPLEAT"),
    Shape("upper-case scheme", "HTTPS://merchant.exampleAT"),
    Shape("punycode host", "https://xn--mnchen-3ya.exampleAT"),
    _odd("raw IDN host", "https://münchen.exampleAT"),
    Shape("locale before the path", "https://merchant.example/fr-CAAT"),
    Shape("host alone", "https://merchant.example?at=AT"),
)

#: URLs whose host parsers disagree about; the browser's reading counts.
HOSTILE = (
    _odd("backslash before a host", "https://merchant.example\\@evil.exampleAT"),
    _odd("backslashes for slashes", "https:\\\\evil.exampleAT"),
    _odd("user information", "https://merchant.example@evil.exampleAT"),
    _odd("user and password", "https://user:pass@merchant.exampleAT"),
    _odd("tab in the host", "https://merchant\t.exampleAT"),
    _odd("newline in the path", "https://merchant.exampleAT/a\nb"),
    _odd("line break in the query", "https://merchant.exampleAT?a=\r\nX-Evil: 1"),
    _odd("blanks around", "  https://merchant.exampleAT  "),
    _odd("fullwidth dots", "https://merchant。exampleAT"),
    _odd("fullwidth letters", "https://ｍｅｒｃｈａｎｔ.exampleAT"),
    _odd("soft hyphen", "https://mer\u00adchant.exampleAT"),
    _odd("three slashes", "https:///merchant.exampleAT"),
    _odd("question mark before @", "https://merchant.example?@evil.exampleAT"),
    _odd("hash before @", "https://merchant.exampleAT#@evil.example/"),
    _odd("encoded at sign", "https://merchant.exampleAT/%40evil.example"),
    _odd("percent-encoded host", "https://merch%61nt.exampleAT"),
)  # fmt: skip


def _together(name: str, shapes: tuple[Shape, ...], opening: str, glue: str) -> Shape:
    """One URL with all those of ``shapes`` that join."""
    texts = [shape.text.removeprefix(opening) for shape in shapes if shape.joins]
    return Shape(name, opening + glue.join(texts), everywhere=True)


JOINT = (
    _together("all kinds of parameters", PARAMETERS, "BASE?", "&"),
    _together("all kinds of paths", PATHS, "BASE", ""),
    _together("all kinds of placeholders", PLACEHOLDERS, "BASE?", "&"),
)

SHAPES = (*PARAMETERS, *FRAGMENTS, *PATHS, *PLACEHOLDERS, *HOSTS, *HOSTILE, *JOINT)


#: Cancelling is the quickest outcome, so most shapes are tried with it.
TURNS = (SUCCESS, CANCEL, CANCEL, FAILURE, CANCEL, CANCEL)

#: The ways to redirect, each of which writes a URL in another language.
REDIRECTS = ("302", "303", "script", "meta-refresh", "form")


class Trial(NamedTuple):
    """A shape to try for one outcome.

    Attributes:
        always: whether every run tries it, or only a thorough one.
        redirect: how the stand-in redirects; each way may spoil an odd shape differently.
    """

    shape: Shape
    outcome: Outcome
    always: bool
    redirect: str = ""


def plain_trials() -> Iterator[Trial]:
    """Yield trials of the plain shapes: joint URLs, and each other for one outcome in turn."""
    turns = cycle(TURNS)
    for shape in (shape for shape in SHAPES if shape.plain):
        turn = None if shape.joins else next(turns)
        first = turn if turn in shape.outcomes or turn is None else shape.outcomes[0]
        for outcome in shape.outcomes:
            yield Trial(shape, outcome, always=shape.everywhere or outcome is first)


def odd_trials() -> Iterator[Trial]:
    """Yield trials of the odd shapes by each redirect in turn; only cancelled in ordinary runs."""
    odd = (shape for shape in SHAPES if not shape.plain)
    for shape, redirect in zip(odd, cycle(REDIRECTS), strict=False):
        for outcome in shape.outcomes:
            yield Trial(shape, outcome, always=outcome is CANCEL, redirect=redirect)
