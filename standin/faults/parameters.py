"""Faults that lose, double or reorder the merchant's own parameters, or cut the URL short."""

from dataclasses import replace

from standin.faults.fault import Fault
from standin.faults.url_mutations import each_parameter, parameters, query, split_url, whole_url

_UNKNOWN = "docs/sources.md, The redirect: do the merchant's own parameters survive?"


def _last_of_each(listed: list[str]) -> list[str]:
    return list({piece.partition("=")[0]: piece for piece in listed}.values())


def _joined(listed: list[str]) -> list[str]:
    values: dict[str, list[str]] = {}
    bare = [piece for piece in listed if "=" not in piece]
    for piece in listed:
        name, equals, value = piece.partition("=")
        if equals:
            values.setdefault(name, []).append(value)
    return [f"{name}={','.join(each)}" for name, each in values.items()] + bare


def _without_query(url: str) -> str:
    return str(replace(split_url(url), query=None))


FAULTS = (
    Fault(
        name="query-dropped",
        breaks="the whole query is lost",
        clause="keeps-query",
        browser_clauses=("keeps-query", "session-id", "error-code"),
        why="the URL is rebuilt from scheme, host and path",
        source="Ingenico-ePayments/connect-sdk-java #24",
        encode=whole_url(_without_query),
    ),
    Fault(
        name="first-parameter-only",
        breaks="all parameters but the first are lost",
        clause="keeps-query",
        browser_clauses=("keeps-query", "session-id", "error-code"),
        why="the URL stands unencoded in another URL's query, where its first & ends it",
        source="woocommerce/woocommerce #24685",
        encode=parameters(lambda listed: listed[:1]),
    ),
    Fault(
        name="first-parameter-lost",
        breaks="the first parameter is lost",
        clause="keeps-query",
        browser_clauses=("keeps-query", "session-id", "error-code"),
        why="what is put in front replaces it",
        source="paynl #161",
        encode=parameters(lambda listed: listed[1:]),
    ),
    Fault(
        name="middle-parameter-lost",
        breaks="a parameter in the middle is lost",
        clause="keeps-query",
        browser_clauses=("keeps-query", "session-id"),
        why="a firewall or proxy filters a parameter whose name it knows",
        source="csob/paymentgateway #574",
        condition="only queries with three parameters or more",
        encode=parameters(lambda listed: listed[:1] + listed[2:] if len(listed) > 2 else listed),
    ),
    Fault(
        name="repeated-parameters-merged",
        breaks="of several parameters of one name only the last arrives",
        clause="keeps-query",
        why="the query goes through a dictionary",
        source=_UNKNOWN,
        condition="only queries that repeat a name",
        encode=parameters(_last_of_each),
    ),
    Fault(
        name="repeated-parameters-joined",
        breaks="the values of several parameters of one name arrive as one, with commas",
        clause="keeps-query",
        why="a framework reads repeated headers and parameters alike",
        source=_UNKNOWN,
        condition="only queries that repeat a name",
        encode=parameters(_joined),
    ),
    Fault(
        name="parameter-doubled",
        breaks="the first parameter arrives twice",
        clause="keeps-query",
        browser_clauses=("keeps-query", "no-extra-params", "session-id", "error-code"),
        why="parameters are added both when the URL is stored and when it is used",
        source="bpcbt, documentation of its redirect",
        encode=parameters(lambda listed: [listed[0], *listed]),
    ),
    Fault(
        name="query-doubled",
        breaks="the whole query arrives twice",
        clause="keeps-query",
        browser_clauses=("keeps-query", "no-extra-params", "session-id", "error-code"),
        why="query and parameters are both appended by a URL builder",
        source="bpcbt, documentation of its redirect",
        encode=query(lambda text: f"{text}&{text}"),
    ),
    Fault(
        name="parameters-sorted",
        breaks="the parameters arrive in alphabetical order",
        clause="keeps-query",
        why="the query is made canonical for a signature",
        source=_UNKNOWN,
        encode=parameters(sorted),
    ),
    Fault(
        name="parameters-reversed",
        breaks="the parameters arrive last first",
        clause="keeps-query",
        why="they are taken from a stack",
        source=_UNKNOWN,
        encode=parameters(lambda listed: listed[::-1]),
    ),
    Fault(
        name="blank-values-dropped",
        breaks="parameters without a value are lost",
        clause="keeps-query",
        why="a parser leaves blank values out unless it is told not to",
        source=_UNKNOWN,
        condition="only queries with an empty value",
        encode=parameters(lambda listed: [p for p in listed if p.partition("=")[2]]),
    ),
    Fault(
        name="equals-sign-added",
        breaks="a parameter that is a name alone gets an equals sign",
        clause="keeps-query",
        why="a query that was parsed is written again",
        source=_UNKNOWN,
        condition="only queries with a bare name",
        encode=each_parameter(lambda piece: piece if "=" in piece or not piece else f"{piece}="),
    ),
    Fault(
        name="equals-sign-dropped",
        breaks="an empty value loses its equals sign",
        clause="keeps-query",
        why="a query that was parsed is written again",
        source=_UNKNOWN,
        condition="only queries with an empty value",
        encode=each_parameter(lambda piece: piece.removesuffix("=")),
    ),
    Fault(
        name="value-cut-at-equals",
        breaks="a value ends at its first equals sign",
        clause="keeps-query",
        why="name and value are split at every equals sign",
        source=_UNKNOWN,
        condition="only values with a raw equals sign",
        encode=each_parameter(lambda piece: "=".join(piece.split("=")[:2])),
    ),
    Fault(
        name="brackets-dropped",
        breaks="names lose their square brackets",
        clause="keeps-query",
        browser_clauses=("keeps-query", "no-extra-params"),
        why="another language's convention for lists is taken for noise",
        source=_UNKNOWN,
        condition="only names with raw brackets",
        encode=each_parameter(lambda piece: piece.replace("[]", "")),
    ),
    Fault(
        name="names-lower-cased",
        breaks="capitals in the names of parameters become small",
        clause="keeps-query",
        browser_clauses=("keeps-query", "no-extra-params"),
        why="names go through a map that ignores case",
        source=_UNKNOWN,
        condition="only names with capitals",
        encode=each_parameter(
            lambda piece: piece.partition("=")[0].lower() + "".join(piece.partition("=")[1:])
        ),
    ),
    Fault(
        name="ampersand-as-entity",
        breaks="& arrives as &amp;",
        clause="keeps-query",
        browser_clauses=("keeps-query", "no-extra-params", "session-id", "error-code"),
        why="a URL is escaped for HTML and then used by a script",
        source="impress-org/givewp #1130; komoju #6; wcvendors #286",
        encode=query(lambda text: text.replace("&", "&amp;")),
    ),
    Fault(
        name="url-cut-at-255",
        breaks="the URL ends after 255 characters",
        clause="keeps-query",
        browser_clauses=("keeps-query", "keeps-fragment", "session-id", "error-code"),
        why="a database column of the usual width",
        source=_UNKNOWN,
        condition="only URLs of more than 255 characters",
        encode=whole_url(lambda url: url[:255]),
    ),
    Fault(
        name="url-cut-at-2000",
        breaks="the URL ends after 2,000 characters",
        clause="keeps-query",
        browser_clauses=("keeps-query", "keeps-fragment"),
        why="what one browser could take long ago has become a rule",
        source="docs/sources.md, The API: what an odd but well-formed URL gets",
        condition="only URLs of more than 2,000 characters",
        encode=whole_url(lambda url: url[:2000]),
    ),
)
