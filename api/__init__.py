"""The JSON API: parse, authorise, call one use case, render. One file per resource."""

from __future__ import annotations

from functools import partial

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from api import (
    activities,
    activity_sessions,
    activity_types,
    agents,
    appraisals,
    attempts,
    attendance_codes,
    attendances,
    audit,
    auth,
    balances,
    bank,
    beneficiaries,
    bodies,
    cards,
    certificates,
    check_ins,
    closings,
    consents,
    corrections,
    correlation,
    deed_reviews,
    deeds,
    desk_sessions,
    desks,
    devices,
    disclosures,
    disputes,
    docs,
    dossiers,
    duplicates,
    duty,
    flags,
    giving,
    guests,
    hand_ins,
    health,
    households,
    identifications,
    imports,
    lapses,
    ledger,
    letters,
    liability,
    listings,
    log,
    me,
    memberships,
    need_settings,
    no_shows,
    notices,
    objections,
    offers,
    organisations,
    own_records,
    pages,
    pairing,
    paper_redemptions,
    participations,
    parts,
    party,
    party_returns,
    passbooks,
    past_redemptions,
    pickups,
    pictures,
    posts,
    privacy,
    privileges,
    prize_budgets,
    prizes,
    problems,
    proposals,
    published_activities,
    purchases,
    receipts,
    redemptions,
    refund_requests,
    report_entries,
    report_papers,
    reports,
    request_figures,
    request_reports,
    requests,
    reservations,
    reviews,
    roster_imports,
    rosters,
    rulebooks,
    seals,
    service_records,
    sessions,
    showcase,
    sign_ups,
    simulations,
    slip_books,
    slips,
    staff,
    stairwells,
    stars,
    stock_receipts,
    stock_reports,
    stock_transfers,
    tasks,
    throttling,
    verify,
    viewings,
    volunteers,
    wish_claims,
    wishes,
    witness,
    working_days,
)
from api.problems import Problem
from api.routes import App, Routes
from api.tokens import Keys, TokenInvalid
from ledger.bank import Bank, is_outage
from ledger.core.refusals.refusal import Refused
from ledger.people.throttles import Throttled

__all__ = ["Keys", "create_app"]

ROUTES: tuple[Routes, ...] = (
    auth.routes,
    auth.root,
    pairing.routes,
    devices.routes,
    sessions.routes,
    cards.routes,
    bank.routes,
    organisations.routes,
    staff.routes,
    me.routes,
    volunteers.routes,
    balances.routes,
    guests.routes,
    households.households_routes,
    households.groups_routes,
    memberships.routes,
    giving.routes,
    imports.routes,
    roster_imports.routes,
    rosters.routes,
    paper_redemptions.routes,
    party.routes,
    posts.routes,
    agents.routes,
    disclosures.routes,
    consents.routes,
    closings.routes,
    duplicates.routes,
    viewings.routes,
    privacy.routes,
    activities.routes,
    working_days.routes,
    activity_sessions.routes,
    activity_types.routes,
    published_activities.routes,
    sign_ups.routes,
    slip_books.routes,
    attendance_codes.routes,
    attendances.routes,
    check_ins.routes,
    participations.routes,
    hand_ins.routes,
    no_shows.routes,
    service_records.routes,
    certificates.routes,
    passbooks.routes,
    deeds.routes,
    deed_reviews.routes,
    flags.routes,
    liability.routes,
    reports.routes,
    letters.routes,
    party_returns.routes,
    dossiers.routes,
    seals.routes,
    appraisals.routes,
    report_entries.routes,
    report_papers.routes,
    listings.routes,
    notices.routes,
    objections.routes,
    disputes.routes,
    reviews.routes,
    duty.routes,
    wishes.routes,
    wish_claims.routes,
    wish_claims.companionship_routes,
    need_settings.routes,
    request_figures.routes,
    request_reports.routes,
    requests.routes,
    stairwells.routes,
    tasks.routes,
    offers.routes,
    own_records.routes,
    corrections.routes,
    rulebooks.routes,
    proposals.routes,
    simulations.routes,
    prizes.routes,
    purchases.routes,
    prize_budgets.routes,
    showcase.routes,
    pictures.routes,
    slips.routes,
    privileges.routes,
    desks.routes,
    stock_receipts.routes,
    stock_transfers.routes,
    stock_reports.routes,
    desk_sessions.routes,
    redemptions.routes,
    reservations.routes,
    identifications.routes,
    beneficiaries.routes,
    past_redemptions.routes,
    refund_requests.routes,
    pickups.routes,
    lapses.routes,
    stars.routes,
    ledger.routes,
    log.routes,
    receipts.routes,
    witness.routes,
    verify.routes,
    audit.routes,
    health.routes,
    docs.routes,
    pages.routes,
)


def create_app(bank: Bank, keys: Keys) -> Flask:
    """The WSGI application of one bank. A route that does not say who may call it cannot be added: UndeclaredRoute."""
    app = App("api", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = bodies.BODY_BYTES_MAX
    app.url_map.converters.update(parts.KINDS)
    app.url_map.merge_slashes = False
    correlation.install(app)
    app.register_error_handler(Exception, partial(_failed, bank))
    for routes in ROUTES:
        app.declare(routes, bank, keys)
    return app


def _failed(bank: Bank, error: Exception) -> Response:
    """Every failure as a problem: ours with its sentence, the database's as 503, a bug as 500, logged and told to
    nobody. A refusal by rights is noted first; where it cannot be, nothing but that is told.
    """
    try:
        attempts.refused(bank, error)
    except Exception as unnoted:  # noqa: BLE001 - whatever it is, it is logged and answered with 503
        error = unnoted
    if isinstance(error, Problem):
        return problems.response(error)
    if isinstance(error, Throttled):
        return problems.response(throttling.problem(error))
    if isinstance(error, Refused):
        return problems.response(Problem(error.refusal.code, refusal=error.refusal))
    if isinstance(error, TokenInvalid):
        return problems.response(Problem("token_invalid"))
    if isinstance(error, HTTPException):
        return problems.from_http(error)
    correlation.broke(error)
    away = (
        is_outage(error) or isinstance(error, TimeoutError) or type(error).__name__ in ("Unavailable", "TimeoutError")
    )
    return problems.response(Problem("unavailable" if away else "broken"))
