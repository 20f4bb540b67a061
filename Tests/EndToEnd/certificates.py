"""Certificates for TLS on the loopback interface, and the authority that a test trusts."""

import os
import ssl

import trustme

HOST = "127.0.0.1"


class Certificates:
    """A certificate authority of the test's own, and files that may be replaced while a server runs."""

    def __init__(self, folder):
        self.authority = trustme.CA()
        self.certificate = folder / "server.pem"
        self.key = folder / "server.key"
        self.trust = folder / "authority.pem"
        self.authority.cert_pem.write_to_path(str(self.trust))
        self.issue()

    def issue(self) -> None:
        """Writes a new certificate and key, each in one step."""
        issued = self.authority.issue_cert(HOST)
        for path, blobs in ((self.certificate, issued.cert_chain_pems), (self.key, [issued.private_key_pem])):
            draft = path.with_suffix(".new")
            draft.write_bytes(b"".join(blob.bytes() for blob in blobs))
            os.replace(draft, path)

    def context(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.trust))
