"""Accounts: create, list, look at, replace, erase, import posts."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from app.api import convert
from app.api.deps import Cursor, Limit, TheServices, answer, services
from app.api.openapi import IDEMPOTENT, problems
from app.api.schemas.accounts import AccountPage, InlineAccount, NewAccount, Posts, PostsAdded, StoredAccount
from app.api.schemas.base import BOUNDED, ID
from app.domain import Account
from app.errors import Invalid
from app.service import accounts
from app.service.idempotency import Answer
from app.service.services import Services

router = APIRouter(prefix="/v1/accounts", tags=["accounts"])
AccountId = Annotated[str, Path(pattern=ID, description="the account's id")]


@router.post(
    "",
    operation_id="createAccount",
    summary="Store an account",
    status_code=201,
    response_model=StoredAccount,
    responses=problems(400, 401, 409, 413, 422, 503),
    openapi_extra=IDEMPOTENT,
)
async def create_account(request: Request, body: Annotated[NewAccount, BOUNDED]) -> Response:
    """Store a new account with its recent posts."""

    async def do() -> Answer:
        the = services(request)
        account = convert.account(body, body.id)
        _require_policy(the, account)
        stored = await asyncio.to_thread(accounts.create, the.database, account)
        the.desk.directory.forget()
        return Answer(201, convert.account_out(stored).model_dump_json())

    return await answer(request, do)


@router.get("", operation_id="listAccounts", summary="List accounts", responses=problems(401, 422, 503))
async def list_accounts(the: TheServices, cursor: Cursor = None, limit: Limit = 50) -> AccountPage:
    """Accounts by id, without their posts."""
    found = await asyncio.to_thread(accounts.page, the.database, after=cursor, limit=limit + 1)
    more = found[limit - 1].id if len(found) > limit else None
    return AccountPage(items=[convert.account_out(account) for account in found[:limit]], next=more)


@router.get("/{id}", operation_id="getAccount", summary="Look at an account", responses=problems(401, 404, 422, 503))
async def get_account(the: TheServices, id: AccountId) -> StoredAccount:
    """The account with its 200 newest posts."""
    return convert.account_out(await asyncio.to_thread(accounts.find, the.database, id))


@router.put(
    "/{id}",
    operation_id="putAccount",
    summary="Create or replace an account",
    responses={**problems(400, 401, 413, 422, 503), 201: {"model": StoredAccount, "description": "It is new."}},
    response_model=StoredAccount,
)
async def put_account(the: TheServices, id: AccountId, body: Annotated[InlineAccount, BOUNDED]) -> Response:
    """Replace all but the history: posts given are added to those there are."""
    account = convert.account(body, id)
    _require_policy(the, account)
    stored, new = await asyncio.to_thread(accounts.put, the.database, account)
    the.desk.directory.forget()
    body_out = convert.account_out(stored).model_dump_json()
    return Response(body_out, 201 if new else 200, media_type="application/json")


@router.delete(
    "/{id}",
    operation_id="deleteAccount",
    summary="Erase an account and its posts",
    status_code=204,
    responses=problems(401, 404, 422, 503),
)
async def delete_account(the: TheServices, id: AccountId) -> None:
    """Erase the account and every post of its history."""
    await asyncio.to_thread(accounts.erase, the.database, id)
    the.desk.directory.forget()


@router.post(
    "/{id}/posts",
    operation_id="addPosts",
    summary="Add posts to an account's history",
    response_model=PostsAdded,
    responses=problems(400, 401, 404, 409, 413, 422, 503),
    openapi_extra=IDEMPOTENT,
)
async def add_posts(request: Request, id: AccountId, body: Annotated[Posts, BOUNDED]) -> Response:
    """The same text at the same time counts once."""

    async def do() -> Answer:
        the = services(request)
        added = await asyncio.to_thread(accounts.add_posts, the.database, id, convert.posts(body.posts))
        the.desk.directory.forget()
        return Answer(200, PostsAdded(added=added).model_dump_json())

    return await answer(request, do)


@router.delete(
    "/{id}/posts",
    operation_id="deletePosts",
    summary="Erase an account's history",
    status_code=204,
    responses=problems(401, 404, 422, 503),
)
async def delete_posts(the: TheServices, id: AccountId) -> None:
    """Its posts and its voice: for a history that was somebody else's. The account stays."""
    await asyncio.to_thread(accounts.forget_posts, the.database, id)
    the.desk.directory.forget()


def _require_policy(the: Services, account: Account) -> None:
    if account.policy is not None and account.policy not in the.checker.policies:
        raise Invalid(f"there is no policy {account.policy!r}", pointer="/policy")
