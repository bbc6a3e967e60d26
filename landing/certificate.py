"""Certificate of one run, which one browser trusts."""

import base64
import hashlib
import ssl
from dataclasses import dataclass

import trustme
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import load_pem_x509_certificate


@dataclass(frozen=True, slots=True)
class Certificate:
    """The key and certificate of one run.

    Attributes:
        context: a TLS context that serves the certificate, HTTP/1.1 only.
        pem: the certificate.
        spki: base64 of the SHA-256 of the public key, the value that Chromium takes for
            ``--ignore-certificate-errors-spki-list``.
    """

    context: ssl.SSLContext
    pem: bytes
    spki: str


def make_certificate(*names: str) -> Certificate:
    """Make an elliptic-curve key and a certificate from a CA that is not kept.

    Args:
        names: the host names, wildcards and IP addresses of the certificate.
    """
    leaf = trustme.CA().issue_cert(*names)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    leaf.configure_cert(context)
    pem = leaf.cert_chain_pems[0].bytes()
    return Certificate(context=context, pem=pem, spki=spki_of(pem))


def spki_of(pem: bytes) -> str:
    """Return the hash by which Chromium trusts the certificate of a PEM file.

    Raises:
        ValueError: there is no certificate in it.
    """
    public_key = load_pem_x509_certificate(pem).public_key()
    key_info = public_key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(hashlib.sha256(key_info).digest()).decode("ascii")
