"""TLS certificates, issued by the stand-in's own authority."""

import base64
import hashlib
import os
import ssl
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import trustme
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID
from filelock import FileLock

from standin.serving import PathRefused

_ORGANIZATION: Final = "Clover stand-in"
_CERTIFICATE: Final = "ca.pem"
_KEY: Final = "ca-key.pem"
_LOCK: Final = "ca.lock"

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
        pem: certificate of the server.
        spki: base64 of the SHA-256 of the server's public key, as Chromium's
            ``--ignore-certificate-errors-spki-list`` takes it.
    """

    context: ssl.SSLContext
    ca_pem: bytes
    pem: bytes
    spki: str


def make_identity(ca_folder: Path | None = None) -> Identity:
    """Issue a server certificate for all host names of the provider.

    Args:
        ca_folder: keeps the authority and its key for the next run; None makes a new authority.

    Raises:
        PathRefused: the folder cannot keep the authority.
    """
    authority = _authority_in(ca_folder) if ca_folder else trustme.CA()
    leaf = authority.issue_cert(*NAMES, common_name=_ORGANIZATION)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    leaf.configure_cert(context)
    leaf_pem = leaf.cert_chain_pems[0].bytes()
    public_key = x509.load_pem_x509_certificate(leaf_pem).public_key()
    der = public_key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    spki = base64.b64encode(hashlib.sha256(der).digest()).decode()
    return Identity(context, authority.cert_pem.bytes(), leaf_pem, spki)


def _authority_in(folder: Path) -> trustme.CA:
    try:
        if not folder.exists():
            folder.mkdir(0o700, parents=True, exist_ok=True)
        names = {path.name for path in folder.iterdir()}
        if _CERTIFICATE not in names and (not names or _LOCK in names):
            _make_authority(folder)
        return _read_authority(folder)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise PathRefused(
            f"The folder {folder} cannot keep the certificate authority ({reason}): choose another."
        ) from None


def _make_authority(folder: Path) -> None:
    """Write both files, the certificate last; another stand-in may do the same now.

    The folder itself stays, because it may be the root of a volume.
    """
    with FileLock(folder / _LOCK):
        if (folder / _CERTIFICATE).is_file():
            return
        authority, made = (
            trustme.CA(organization_name=_ORGANIZATION),
            folder / f"{_CERTIFICATE}.new",
        )
        (folder / _KEY).touch(mode=0o600)
        (folder / _KEY).write_bytes(authority.private_key_pem.bytes())
        made.write_bytes(authority.cert_pem.bytes())
        made.replace(folder / _CERTIFICATE)


def _read_authority(folder: Path) -> trustme.CA:
    """Read the authority of a folder that is ours, which whoever trusts it relies on.

    Raises:
        ValueError: it belongs to somebody else; the text says why.
    """
    if sys.platform != "win32" and folder.stat().st_uid != os.geteuid():
        raise ValueError("it belongs to another user")
    certificate, key = folder / _CERTIFICATE, folder / _KEY
    if not (certificate.is_file() and key.is_file()):
        raise ValueError("it holds other files")
    try:
        pem, key_pem = certificate.read_bytes(), key.read_bytes()
        (owner,) = x509.load_pem_x509_certificate(pem).subject.get_attributes_for_oid(
            NameOID.ORGANIZATION_NAME
        )
        authority = trustme.CA.from_pem(pem, key_pem)
    except ValueError:
        raise ValueError("its files hold no authority") from None
    if owner.value != _ORGANIZATION:
        raise ValueError("its authority is not the stand-in's")
    return authority
