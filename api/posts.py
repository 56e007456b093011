"""Posts (岗位): building heads, micro-grid heads and the like; who holds them, and what anybody may see of it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from api.answers import page_of
from api.fields import Day, Form, Id, Name, VolunteerNo, Word
from api.pagination import Keyset, PageQuery
from api.problems import unknown
from api.rendering import Answer, instant
from api.routes import Call, Routes, reached
from api.scopes import PUBLIC, Scope
from api.volunteers import volunteer_of
from ledger.core.refusals.organisations import NotInPost
from ledger.core.refusals.refusal import Refused
from ledger.people import organisations, posts, volunteers
from ledger.people.masking import masked
from ledger.people.posts import Post, Published, Term

routes = Routes("posts")
_keyset = Keyset(UUID)

HOLDERS_MAX = 100


class NewPost(Form):
    """A post of an organisation; its title may be left out for kinds that every district knows."""

    organisation_id: Id
    kind: Word
    title: Name | None = None
    holders_at_most: Annotated[int, Field(ge=1, le=HOLDERS_MAX)] = 1


class NewTerm(Form):
    """Who holds the post, from when (today if left out) until when; how to reach them, if that is to be published; and
    whom they succeed.
    """

    volunteer_no: VolunteerNo
    from_on: Day | None = None
    until_on: Day | None = None
    contact: Name | None = None
    succeeds: VolunteerNo | None = None


class Ending(Form):
    """The last day in the post (today if left out)."""

    until_on: Day | None = None


class TermAnswer(TypedDict):
    """Somebody's time in a post, both days included."""

    volunteer_no: str | None
    name: str
    from_on: str
    until_on: str | None


class PostLine(TypedDict):
    """A post in a list."""

    id: str
    organisation_id: str
    kind: str
    title: str
    holders_at_most: int
    created_at: str


class PostAnswer(PostLine):
    """A post, with everybody who holds or held it, the earliest first."""

    terms: list[TermAnswer]


class PublishedAnswer(TypedDict):
    """A post as anybody may see it: the name masked and no contact, unless the holder agrees."""

    organisation: str
    kind: str
    title: str
    name: str | None
    since: str | None
    contact: str | None


class PublishedPostsAnswer(TypedDict):
    """The posts of an organisation and of those below it. A vacant one has no name."""

    posts: list[PublishedAnswer]


@routes.post("/posts", scope=Scope.VOLUNTEERS_WRITE, body=NewPost, answer=PostAnswer)
def create(call: Call, form: NewPost) -> PostAnswer:
    """Add a post to an organisation."""
    organisation = reached(call, organisations.find(call.bank, form.organisation_id), "/organisation_id")
    made = posts.create(
        call.bank,
        call.by,
        organisation=organisation,
        kind=form.kind,
        title=form.title,
        holders_at_most=form.holders_at_most,
    )
    return {**_line(made), "terms": []}


@routes.get("/posts", scope=Scope.VOLUNTEERS_READ, query=PageQuery, answer=page_of(PostLine))
def page(call: Call, query: PageQuery) -> Answer:
    """List the posts of the organisations within reach."""
    found = posts.page(call.bank, within=call.within, after=_keyset.after(query), limit=query.limit)
    return _keyset.answer(found, _line)


@routes.get("/posts/<id:post_id>", scope=Scope.VOLUNTEERS_READ, answer=PostAnswer)
def show(call: Call, post_id: UUID) -> PostAnswer:
    """Look a post up, with everybody who holds or held it."""
    post = reached(call, posts.find(call.bank, post_id))
    return {**_line(post), "terms": [_term(call, term) for term in posts.terms(call.bank, post)]}


@routes.post("/posts/<id:post_id>/holders", scope=Scope.VOLUNTEERS_WRITE, body=NewTerm, answer=TermAnswer)
def appoint(call: Call, post_id: UUID, form: NewTerm) -> TermAnswer:
    """Give a post to a volunteer, perhaps in succession of another."""
    post = reached(call, posts.find(call.bank, post_id))
    made = posts.appoint(
        call.bank,
        call.by,
        post,
        volunteer_of(call, form.volunteer_no, "/volunteer_no"),
        from_on=form.from_on or call.bank.today(),
        until_on=form.until_on,
        contact=form.contact,
        succeeds=volunteer_of(call, form.succeeds, "/succeeds") if form.succeeds else None,
    )
    return _term(call, made)


@routes.post(
    "/posts/<id:post_id>/holders/<number:volunteer_no>/end",
    scope=Scope.VOLUNTEERS_WRITE,
    body=Ending,
    answer=TermAnswer,
)
def end(call: Call, post_id: UUID, volunteer_no: str, form: Ending) -> TermAnswer:
    """End somebody's term."""
    post = reached(call, posts.find(call.bank, post_id))
    holder = volunteers.find(call.bank, volunteer_no)
    if holder is None:
        raise Refused(NotInPost())
    return _term(call, posts.end(call.bank, call.by, post, holder, until_on=form.until_on or call.bank.today()))


@routes.get("/organisations/<id:organisation_id>/posts", scope=PUBLIC, answer=PublishedPostsAnswer)
def published(call: Call, organisation_id: UUID) -> PublishedPostsAnswer:
    """See who holds the posts of an organisation."""
    organisation = organisations.find(call.bank, organisation_id)
    if organisation is None:
        unknown()
    return {"posts": [_published(each) for each in posts.published(call.bank, organisation)]}


def _line(post: Post) -> PostLine:
    return {
        "id": str(post.id),
        "organisation_id": str(post.organisation_id),
        "kind": post.kind,
        "title": post.title,
        "holders_at_most": post.holders_at_most,
        "created_at": instant(post.created_at),
    }


def _term(call: Call, term: Term) -> TermAnswer:
    known = call.reaches(term.organisation_path)
    return {
        "volunteer_no": term.volunteer_no if known else None,
        "name": term.name if known else masked(term.name),
        "from_on": term.from_on.isoformat(),
        "until_on": term.until_on.isoformat() if term.until_on else None,
    }


def _published(each: Published) -> PublishedAnswer:
    return {
        "organisation": each.organisation_name,
        "kind": each.kind,
        "title": each.title,
        "name": each.name,
        "since": each.since.isoformat() if each.since else None,
        "contact": each.contact,
    }
