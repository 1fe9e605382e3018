"""Reads every .eml of a folder with Python's email package and prints one JSON object {file name: what it says}."""
import base64
import email
import email.header
import email.policy
import email.utils
import json
import pathlib
import sys
from datetime import timezone


def who(mail, field):
    # The new policy puts a blank between the encoded-words of a name (bpo-35547), so names are read the classic way.
    raw = next((value for name, value in mail.raw_items() if name.lower() == field), None)
    if raw is None:
        return []
    name, _ = email.utils.parseaddr("".join(raw.splitlines()))
    decoded = str(email.header.make_header(email.header.decode_header(name)))
    return [{"name": decoded, "address": a.addr_spec} for a in mail[field].addresses]


def body(mail, kind):
    part = mail.get_body((kind,))
    return part.get_payload(decode=True).decode("utf-8").replace("\r\n", "\n") if part else ""


def defects(mail):
    found = [str(d) for part in mail.walk() for d in part.defects]
    return found + [f"{name}: {d!r}" for part in mail.walk() for name, value in part.items() for d in value.defects]


everything = {}
for path in pathlib.Path(sys.argv[1]).glob("*.eml"):
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    # What a calendar program would take: it stands among the alternatives, not among the files.
    invitation = next(
        (p for p in mail.walk() if p.get_content_type() == "text/calendar" and not p.is_attachment()), None
    )
    everything[path.name] = {
        "calendar": invitation.get_payload(decode=True).decode("utf-8") if invitation else "",
        "method": invitation.get_param("method", "") if invitation else "",
        "headers": [name.lower() for name in mail.keys()],
        "subject": str(mail["subject"] or ""),
        "from": who(mail, "from"),
        "to": who(mail, "to"),
        "replyTo": who(mail, "reply-to"),
        "messageId": str(mail["message-id"] or ""),
        "inReplyTo": str(mail["in-reply-to"] or ""),
        "references": str(mail["references"] or "").split(),
        "date": mail["date"].datetime.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "text": body(mail, "plain"),
        "html": body(mail, "html"),
        "attachments": [
            {
                "name": part.get_filename(""),
                "type": part.get_content_type(),
                "bytes": base64.b64encode(part.get_payload(decode=True)).decode("ascii"),
            }
            for part in mail.iter_attachments()
        ],
        "defects": defects(mail),
    }
json.dump(everything, sys.stdout)
