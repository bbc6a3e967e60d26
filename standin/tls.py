"""TLS certificates, issued by the stand-in's own authority."""

import base64
import hashlib
import ssl
from dataclasses import dataclass
from pathlib import Path

import trustme
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from standin.serving import StandInFailed

#: Listed one by one, because browsers accept no wildcard directly below ``localhost``.
NAMES = (
    "localhost",
    "checkout.localhost",
    "fields.localhost",
    "dashboard.localhost",
    "127.0.0.1",
    "::1",
)


@dataclass(frozen=True, slots=True)
class Identity:
    """The server's certificate and its authority.

    Attributes:
        ca_pem: certificate of the authority.
        spki: base64 of the SHA-256 of the server's public key, as Chromium's
            ``--ignore-certificate-errors-spki-list`` takes it.
    """

    context: ssl.SSLContext
    ca_pem: bytes
    spki: str


def make_identity(ca_folder: Path | None = None) -> Identity:
    """Issue a server certificate for all host names of the provider.

    Args:
        ca_folder: keeps the authority and its key for the next run; None makes a new authority.

    Raises:
        StandInFailed: the folder cannot keep the authority.
    """
    authority = _authority_in(ca_folder) if ca_folder else trustme.CA()
    leaf = authority.issue_cert(*NAMES, common_name="Clover stand-in")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    leaf.configure_cert(context)
    public_key = x509.load_pem_x509_certificate(leaf.cert_chain_pems[0].bytes()).public_key()
    der = public_key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    spki = base64.b64encode(hashlib.sha256(der).digest()).decode()
    return Identity(context, authority.cert_pem.bytes(), spki)


def _authority_in(folder: Path) -> trustme.CA:
    certificate, key = folder / "ca.pem", folder / "ca-key.pem"
    try:
        if certificate.is_file() and key.is_file():
            return trustme.CA.from_pem(certificate.read_bytes(), key.read_bytes())
        authority = trustme.CA(organization_name="Clover stand-in")
        folder.mkdir(parents=True, exist_ok=True)
        key.touch(mode=0o600)
        key.write_bytes(authority.private_key_pem.bytes())
        certificate.write_bytes(authority.cert_pem.bytes())
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its files hold no authority"
        raise StandInFailed(
            f"The folder {folder} cannot keep the certificate authority ({reason}): choose another."
        ) from None
    return authority
