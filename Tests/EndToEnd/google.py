"""Plays Google's sign-in on 127.0.0.1: a key set that can change, and tokens with any claim wrong.

Keys and signatures are made by the `openssl` program.
"""

import base64
import http.server
import json
import subprocess
import tempfile
import threading
import time


def encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Key:
    """An RSA key with a name; only this process has it."""

    def __init__(self, name: str):
        self.name = name
        self.pem = subprocess.run(["openssl", "genrsa", "2048"], check=True, capture_output=True).stdout

    def public(self) -> dict:
        """The public half as a member of a key set."""
        text = subprocess.run(
            ["openssl", "rsa", "-modulus", "-noout"], input=self.pem, check=True, capture_output=True).stdout
        modulus = bytes.fromhex(text.decode().strip().partition("=")[2])
        return {"kty": "RSA", "alg": "RS256", "use": "sig", "kid": self.name, "n": encoded(modulus), "e": "AQAB"}

    def sign(self, text: str) -> bytes:
        # The program reads a key from a file only.
        with tempfile.NamedTemporaryFile(suffix=".pem") as file:
            file.write(self.pem)
            file.flush()
            return subprocess.run(
                ["openssl", "dgst", "-sha256", "-sign", file.name], input=text.encode(), check=True,
                capture_output=True).stdout


class Google:
    """Serves the key set, and counts who asks for it; use it in `with`."""

    CLIENT = "1234.apps.example"

    def __init__(self):
        self.keys = [Key("first")]
        self.requests = 0
        google = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                # Anything but the one right request is a fault of the program.
                right = self.path == "/oauth2/v3/certs" and "application/json" in self.headers.get("Accept", "")
                google.requests += 1
                body = json.dumps({"keys": [key.public() for key in google.keys]}).encode() if right else b"{}"
                self.send_response(200 if right else 400)
                self.send_header("Content-Type", "application/json; charset=UTF-8")
                self.send_header("Cache-Control", "public, max-age=21000, must-revalidate, no-transform")
                self.send_header("Age", "30")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/oauth2/v3/certs"

    def __enter__(self) -> "Google":
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def environment(self, **more: str) -> dict[str, str]:
        """What makes the program believe in this Google."""
        return {"GOOGLE_CLIENT_ID": self.CLIENT, "GOOGLE_JWKS_URL": self.url} | more

    def token(self, subject: str, email: str, key: Key | None = None, header: dict | None = None, **changes) -> str:
        """An ID token; `changes` replace claims, None leaves one out."""
        key = key or self.keys[-1]
        now = int(time.time())
        claims = {
            "iss": "https://accounts.google.com", "aud": self.CLIENT, "azp": self.CLIENT, "sub": subject,
            "email": email, "email_verified": True, "name": email.partition("@")[0], "iat": now, "exp": now + 3600,
        } | changes
        claims = {name: value for name, value in claims.items() if value is not None}
        header = {"alg": "RS256", "kid": key.name, "typ": "JWT"} | (header or {})
        text = encoded(json.dumps(header).encode()) + "." + encoded(json.dumps(claims).encode())
        return text + "." + encoded(key.sign(text))
