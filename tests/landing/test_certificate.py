"""Certificate of a run."""

import base64
import contextlib
import hashlib
import socket
import ssl
import threading

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import (
    Certificate,
    DNSName,
    SubjectAlternativeName,
    load_der_x509_certificate,
)

from landing.certificate import make_certificate


def connect(context: ssl.SSLContext, client: ssl.SSLContext) -> Certificate:
    """Return the certificate that a client receives and accepts."""
    ours, theirs = socket.socketpair()

    def serve() -> None:
        with (
            theirs,
            contextlib.suppress(ssl.SSLError),
            context.wrap_socket(theirs, server_side=True) as secure,
        ):
            secure.recv(1)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        with ours, client.wrap_socket(ours, server_hostname="merchant.example") as secure:
            der = secure.getpeercert(binary_form=True)
    finally:
        thread.join()
    assert der is not None
    return load_der_x509_certificate(der)


def test_served_certificate_has_the_pin_and_all_names() -> None:
    """The pin is the hash of the served key, and the certificate has wildcards too."""
    certificate = make_certificate("merchant.example", "*.example", "*.localhost")
    anybody = ssl.create_default_context()
    anybody.check_hostname = False
    anybody.verify_mode = ssl.CERT_NONE

    seen = connect(certificate.context, anybody)

    names = seen.extensions.get_extension_for_class(SubjectAlternativeName).value
    served = names.get_values_for_type(DNSName)
    assert set(served) == {"merchant.example", "*.example", "*.localhost"}
    key = seen.public_key()
    assert isinstance(key, EllipticCurvePublicKey)
    info = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    assert certificate.spki == base64.b64encode(hashlib.sha256(info).digest()).decode()


def test_each_run_has_another_key() -> None:
    """Two runs have different pins."""
    assert make_certificate("merchant.example").spki != make_certificate("merchant.example").spki


def test_client_without_the_pin_rejects_the_certificate() -> None:
    """The certificate's CA is in no trust store."""
    certificate = make_certificate("merchant.example")
    with pytest.raises(ssl.SSLCertVerificationError):
        connect(certificate.context, ssl.create_default_context())
