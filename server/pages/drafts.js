// A form that is being filled: its lines, undo, and saving at every change.

const FOUND_AT_MOST = 999, COUNT_AT_MOST = 999, NOTE_AT_MOST = 2000, FORM_BYTES = 1 << 20, STEPS_BACK = 100;

const lineKey = (criterion, clause) => criterion + "#" + clause;

const criteriaOf = (edition) => edition.sections.flatMap((s) => s.groups.flatMap((g) => g.criteria));

// A criterion without printed clauses has one implicit clause 0, unless it is measured.
const clausesOf = (criterion) => (criterion.clauses && criterion.clauses.length ? criterion.clauses : criterion.formula ? [] : [{}]);

async function startDraft(point, chosen) {
  const draft = {
    id: newId(), rev: 0, token: point.token, rulebook: chosen.id, edition: chosen.edition, title: chosen.title,
    station: point.station.name, point: point.point.name, started_at: isoTime(), at: isoTime(),
    lines: {}, na: [], note: "", groups: chosen.groups && chosen.groups.length ? chosen.groups : null,
  };
  await keepRow("drafts", draft);
  return draft;
}

class Session {
  constructor(draft, edition) {
    this.draft = draft;
    this.edition = edition;
    this.history = [];
    this.saving = null;
    this.dirty = false;
    this.lost = false;
    this.working = new Set();
    this.spared = [];
    this.onchange = () => {};
    this.jump = () => {};
    this.recount();
  }

  // The criteria with a finding, counted once for each change and not by every entry.
  recount() {
    this.charged = new Set(Object.entries(this.draft.lines).filter(([, line]) => line.count).map(([key]) => key.split("#")[0]));
  }

  line(key) {
    return this.draft.lines[key] || { count: 0, note: "", at: "", evidence: [] };
  }

  // `typing` names the field being typed in: its letters become one step of undo.
  change(act, typing) {
    if (this.lost) return;
    if (!typing || this.typing !== typing) {
      this.history.push(JSON.stringify([this.draft.lines, this.draft.na, this.draft.note, this.draft.inputs || {}]));
      if (this.history.length > STEPS_BACK) this.history.shift();
    }
    this.typing = typing;
    act(this.draft);
    this.save();
  }

  setLine(key, values, typing) {
    this.change((draft) => {
      const line = { ...this.line(key), ...values };
      // A note or a picture without a count is a finding all the same.
      if (!line.count && values.count === undefined && (line.note || line.evidence.length)) line.count = 1;
      if (values.count === 0) delete draft.lines[key];
      else if (line.count || line.at) draft.lines[key] = line;
    }, typing);
  }

  setFigure(criterion, name, text) {
    this.change((draft) => { draft.inputs = { ...draft.inputs, [criterion]: { ...(draft.inputs || {})[criterion], [name]: text } }; }, "figure " + criterion + name);
  }

  count(key, n) {
    const kept = Math.max(0, Math.min(COUNT_AT_MOST, n || 0));
    if (kept !== this.line(key).count) this.setLine(key, { count: kept });
  }

  notApplicable(id, criteria, on) {
    this.change((draft) => {
      // A group that does not apply says so for its entries too.
      draft.na = draft.na.filter((other) => other !== id && !(on && criteria.some((c) => c.id === other))).concat(on ? [id] : []);
      if (on) for (const c of criteria) {
        clausesOf(c).forEach((_, n) => delete draft.lines[lineKey(c.id, n)]);
        if (draft.inputs) delete draft.inputs[c.id];
      }
    });
  }

  undo() {
    if (!this.history.length) return false;
    [this.draft.lines, this.draft.na, this.draft.note, this.draft.inputs] = JSON.parse(this.history.pop());
    this.typing = null;
    this.save();
    return true;
  }

  // Writes are one after the other; changes made meanwhile go together into the next.
  save() {
    this.draft.at = isoTime();
    this.dirty = true;
    this.recount();
    this.onchange();
    if (!this.saving) this.saving = this.write().finally(() => { this.saving = null; });
    return this.saving;
  }

  async write() {
    while (this.dirty && !this.lost) {
      this.dirty = false;
      const next = { ...this.draft, rev: this.draft.rev + 1 };
      try {
        // Another tab may have sent, thrown away or changed this draft: the newer state wins.
        const kept = await alterRow("drafts", next.id, (row) => (row && row.rev === this.draft.rev ? next : undefined));
        if (kept) { this.draft.rev = next.rev; warn("save"); if (next.team) teamChanged(); }
        else this.lost = true;
      } catch (error) {
        warn("save", isFull(error)
          ? t("手机存储空间已满，刚才的修改没有保存。请到“设置”清理照片，或删除手机上的其他文件。", "The phone's storage is full; the last change is not saved. Clear pictures in Settings or delete other files.")
          : t("手机没能保存刚才的修改，请不要关闭此页。", "The phone could not save the last change. Do not close this page."));
        return;
      }
    }
    if (this.lost) { this.onchange(); toast(changedElsewhere().title); }
  }

  get founds() {
    return Object.values(this.draft.lines).filter((line) => line.count);
  }

  get evidenceIds() {
    return [...(this.draft.loose || []), ...this.founds.flatMap((line) => line.evidence)];
  }

  get occurrences() {
    return this.founds.reduce((sum, line) => sum + line.count, 0);
  }

  foundIn(criteria) {
    return criteria.filter((c) => clausesOf(c).some((_, n) => this.line(lineKey(c.id, n)).count)).length;
  }
}

const changedElsewhere = () => ({
  title: t("此表已在另一个窗口中修改或提交", "This form was changed or sent in another window"),
  detail: t("请返回后重新打开，看到的就是最新内容。", "Go back and open it again to see its newest state."),
});

// The submission as the receiver reads it, findings in the order of the check list.
function submissionOf(session, blobs) {
  const { draft, edition } = session;
  const found = criteriaOf(edition).flatMap((c) => clausesOf(c).map((_, n) => [c.id, n, session.line(lineKey(c.id, n))]))
    .filter(([, , line]) => line.count)
    .map(([criterion, clause, line]) => ({
      criterion, clause, count: line.count, note: line.note, at: line.at || null, evidence: line.evidence,
    }));
  const evidence = blobs.map(({ id, kind, name, media_type, size, sha256, taken_at }) =>
    ({ id, kind, name, media_type, size, sha256, taken_at }));
  return {
    id: draft.id, rulebook: draft.rulebook, edition: draft.edition, token: draft.token,
    started_at: draft.started_at, submitted_at: isoTime(), found, not_applicable: [...draft.na, ...session.spared], inputs: figuresOfDraft(edition, draft), evidence, note: draft.note,
  };
}

// Moves a draft into the queue in one transaction, so it is always in exactly one of the two.
async function enqueue(session, blobs) {
  await session.saving;
  const { draft } = session;
  // Evidence of being here never stands in the way of a form.
  const form = JSON.stringify({ ...submissionOf(session, blobs), ...await withPresence(draft).catch(() => ({})) });
  if (new Blob([form]).size > FORM_BYTES) {
    throw new Problem(413, { title: t("表单太长", "The form is too long"), detail: t("请缩短备注后再提交。", "Shorten the notes, then send again.") });
  }
  const used = new Set(blobs.map((b) => b.id));
  await within(["drafts", "queue", "blobs"], "readwrite", async (s) => {
    const kept = await asked(s("drafts").get(draft.id));
    if (!kept || kept.rev !== draft.rev) throw new Problem(409, changedElsewhere());
    await asked(s("drafts").delete(draft.id));
    await asked(s("queue").put({ id: draft.id, order: Date.now(), draft, form, findings: session.founds.length, state: "waiting", at: isoTime() }));
    for (const row of await asked(s("blobs").getAll())) {
      if (row.form === draft.id && !used.has(row.id)) await asked(s("blobs").delete(row.id));
    }
  });
  announce();
}

// Takes a refused form back to be mended, fitted to the point or edition of today where the
// refusal was about those; under a new id when the old one is taken.
async function takeBack(id, fresh, fitting) {
  const renewed = fresh ? newId() : id;
  await within(["drafts", "queue", "blobs"], "readwrite", async (s) => {
    const row = await asked(s("queue").get(id));
    if (!row || row.state !== "refused") return;
    let draft = { ...row.draft, ...fitting, id: renewed, rev: row.draft.rev + 1 };
    if (fresh) {
      // The receiver binds evidence ids to the first form, so the pictures get new ones too.
      const ids = {};
      for (const blob of await asked(s("blobs").getAll())) {
        if (blob.form !== id) continue;
        ids[blob.id] = newId();
        await asked(s("blobs").delete(blob.id));
        await asked(s("blobs").put({ ...blob, id: ids[blob.id], form: renewed }));
      }
      const lines = Object.entries(draft.lines).map(([key, line]) => [key, { ...line, evidence: line.evidence.map((e) => ids[e] || e) }]);
      draft = { ...draft, lines: Object.fromEntries(lines), loose: (draft.loose || []).map((e) => ids[e] || e) };
    }
    await asked(s("queue").delete(id));
    await asked(s("drafts").put(draft));
  });
  announce();
  return renewed;
}

// What of a refused draft must change for the receiver to take it: the code or the edition.
async function fittingToday(draft, problem) {
  const token = problem.type.endsWith("code-withdrawn") && scanned ? scanned : draft.token;
  const edition = problem.type.endsWith("edition-not-in-force");
  if (token === draft.token && !edition) return {};
  const point = await readPoint(token);
  const list = point.rulebooks.find((one) => one.id === draft.rulebook);
  if (!list) return {};
  const now = await readEdition(list.id, list.edition);
  const there = { token, edition: list.edition, title: list.title, station: point.station.name, point: point.point.name };
  return list.edition === draft.edition ? there : { ...there, ...carriedOver(draft, now, await readEdition(draft.rulebook, draft.edition).catch(() => now)) };
}

// A draft's answers under a newer edition. What that no longer asks moves into the form's note,
// its pictures stay with the form: nothing that somebody typed or took is thrown away.
function carriedOver(draft, now, before) {
  const clauses = new Map(criteriaOf(now).map((c) => [c.id, clausesOf(c).length]));
  const known = new Set([...clauses.keys(), ...now.sections.flatMap((s) => s.groups.map((g) => g.id))]);
  const stays = ([key]) => { const [id, n] = key.split("#"); return Number(n) < (clauses.get(id) || 0); };
  const lines = Object.entries(draft.lines), gone = lines.filter((one) => !stays(one));
  const told = gone.map(([key, line]) => { const id = key.split("#")[0]; return id + " " + nameIn(before, id) + " ×" + line.count + (line.note ? t("：", ": ") + line.note : ""); });
  if (told.length) told.unshift(t("新版已取消的检查项（", "Entries that the new edition no longer has (") + draft.edition + t("）：", "):"));
  return {
    lines: Object.fromEntries(lines.filter(stays)), na: draft.na.filter((id) => known.has(id)),
    note: [draft.note, ...told].filter(Boolean).join("\n"), loose: [...(draft.loose || []), ...gone.flatMap(([, line]) => line.evidence)],
  };
}
