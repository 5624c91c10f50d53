"""Small rulebooks for tests, written as people write them: YAML that a test can spoil or change."""

from __future__ import annotations

from domain.checking import Shelf, check_shelf
from domain.rulebook import Edition

SHARED = """\
id: test/shared
edition: "1"
kind: onsite_audit
title: {zh: 小表, en: Small list}
source:
  document: TEST 1
  part: {zh: 附录, en: Appendix}
in_force:
  from: 2020-01-01
complete: true
total: 10
scoring:
  deduct: equal_share
  not_applicable: rescale
  round: 0.01
sections:
  - id: A
    title: {zh: 现场, en: Site}
    total: 10
    owner: {zh: 管理处, en: Management}
    groups:
      - id: a
        title: {zh: 地面, en: Ground}
        cap: 5
        severity: minor
        criteria:
          - id: a.1
            text: {zh: 油污, en: Oil}
          - id: a.2
            text: {zh: 杂物, en: Clutter}
          - id: a.3
            text: {zh: 破损, en: Broken}
            severity: major
      - id: b
        title: {zh: 消防, en: Fire}
        cap: 5
        severity: critical
        criteria:
          - id: b.1
            text: {zh: 缺少器材, en: Gear missing}
          - id: b.2
            text: {zh: 器材过期, en: Gear expired}
"""
"""Two groups of 5 points, of three and two criteria that share them equally."""

CLAUSED = """\
id: test/claused
edition: "1"
kind: comprehensive
title: {zh: 条款表, en: List with clauses}
source:
  document: TEST 2
  part: {zh: 附录, en: Appendix}
in_force:
  from: 2020-01-01
complete: true
total: 10
scoring:
  deduct: by_clause
  not_applicable: rescale
  round: 0.01
sections:
  - id: A
    title: {zh: 现场, en: Site}
    total: 10
    owner: {zh: 管理处, en: Management}
    groups:
      - id: A1
        title: {zh: 服务, en: Service}
        cap: 6
        severity: minor
        criteria:
          - id: 1
            text: {zh: 未问候, en: No greeting}
            clauses:
              - {text: {zh: 未问候, en: No greeting}, points: 0.5, per: person-time}
              - {text: {zh: 引起投诉, en: A complaint followed}, points: 4, per: flat}
          - id: 2
            text: {zh: 未开票, en: No invoice}
            clauses:
              - {text: {zh: 未开票, en: No invoice}, points: 1, per: occurrence}
      - id: A2
        title: {zh: 安全, en: Safety}
        cap: 4
        severity: major
        criteria:
          - id: 3
            text: {zh: 打手机, en: Phoning}
            clauses:
              - {text: {zh: 打手机, en: Phoning}, points: 2, per: occurrence}
"""
"""Two groups of 6 and 4 points whose criteria cost by clause and count."""


def edition_of(written: str) -> Edition:
    """The edition in this YAML, which must be right."""
    shelf = checked(written)
    assert not shelf.problems, [problem.sentence("en") for problem in shelf.problems]
    return shelf.editions[0]


def checked(written: str | bytes, **others: str) -> Shelf:
    """What a check of `edition.yaml` says, with other files (`cases`, `newer` …) beside it."""
    files = {f"{name}.yaml": text.encode() for name, text in others.items()}
    raw = written.encode() if isinstance(written, str) else written
    return check_shelf({"edition.yaml": raw, **files})


def reasons(shelf: Shelf) -> list[str]:
    """The problems in English without their remedies, `line: reason`, in order."""
    return [f"{problem.line}: {problem.reason.en}" for problem in shelf.problems]
