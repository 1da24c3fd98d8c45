"""Customers who log in, for the faults that need them."""

import json
import urllib.error
import urllib.request
import uuid

SIGNING = {"SMALLRYE_JWT_SIGN_KEY_LOCATION": lambda world: world.key}
PASSWORD = "correct horse battery"


def call(service, method, path, token=None, body=None, tenant=None):
    """Sends one request; returns its status and its body as JSON."""
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = "Bearer " + token
    if tenant:
        headers["X-Tenant"] = tenant
    request = urllib.request.Request(service.url + path, method=method, headers=headers,
                                     data=None if body is None else json.dumps(body).encode())
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            text = response.read()
            return response.status, json.loads(text) if text else None
    except urllib.error.HTTPError as refusal:
        return refusal.code, json.loads(refusal.read() or b"null")


class Accounts:
    """Customers of a tenant of their own, as one instance of the service has them."""

    def __init__(self, arena, service):
        self.arena, self.service, self.tenant = arena, service, arena.tenant + "-accounts"
        self.token = arena.world.token(tenant=self.tenant)

    def staff(self, method, path, body=None):
        status, found = call(self.service, method, path, self.token, body)
        self.arena.check(status < 300, f"{method} {path} returns {status}")
        return found

    def customer_with_password(self):
        """Creates a customer who can log in; returns its id and e-mail."""
        email = f"{uuid.uuid4()}@example.com"
        customer = self.staff("POST", "/v1/customers", {"name": "Jane", "email": email})["id"]
        self.staff("PUT", f"/v1/customers/{customer}/password", {"new_password": PASSWORD})
        return customer, email

    def log_in(self, email, password):
        """Returns the status and the token, which is None unless the status is 201."""
        status, found = call(self.service, "POST", "/v1/sessions", tenant=self.tenant,
                             body={"email": email, "password": password})
        return status, found.get("access_token") if status == 201 else None

    def me(self, token):
        """Returns the status of the customer's own profile."""
        return call(self.service, "GET", "/v1/customers/me", token)[0]
