"""What somebody writes who has nothing but the client made from openapi.json. Run with the service's address."""

import json
import sys

from prepost_client import Client
from prepost_client.api.checks import check, get_check
from prepost_client.models import CheckRequest, Draft, InlineAccount, Problem

client = Client(base_url=sys.argv[1])
draft = Draft(text="What a fucking mess.")
reply = check.sync(client=client, body=CheckRequest(draft=draft, account=InlineAccount(handle="@acme")))
words = [span.text for warning in reply.warnings for span in warning.spans]
recorded = get_check.sync(reply.id, client=client)
refused = check.sync(client=client, body=CheckRequest(draft=Draft(text=""), account="acme"))
assert isinstance(refused, Problem)
print(json.dumps({"verdict": reply.verdict, "words": words, "recorded": recorded.verdict, "refused": refused.status}))
