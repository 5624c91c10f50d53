// Finds entries by number, words or pinyin initials, without building any of them.

const FOUND_SHOWN = 40;

// «Aa1», «A.a.1» and «a a 1» all find A.a.1.
const squeezed = (text) => text.normalize("NFKC").toLowerCase().replace(/[\s.·、-]/g, "");

function haystacksOf(session) {
  return criteriaOf(session.edition).map((criterion) => {
    const texts = [criterion.text, ...clausesOf(criterion).map((c) => c.text), ...(criterion.facts || [])].filter(Boolean);
    return { of: criterion.id, id: squeezed(criterion.id), initials: (session.initials || {})[criterion.id] || "", words: texts.map((x) => (x.zh + " " + x.en).toLowerCase()).join(" ") };
  });
}

// Ids that match, in the list's order. An id that is typed whole stands for that entry alone.
function matching(haystacks, query) {
  const id = squeezed(query), words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (!id) return [];
  const whole = haystacks.find((hay) => hay.id === id);
  if (whole) return [whole.of];
  const letters = /^[a-z]{2,}$/.test(id);
  return haystacks.filter((hay) => hay.id.startsWith(id) || (letters && hay.initials.includes(id)) || words.every((word) => hay.words.includes(word))).map((hay) => hay.of);
}

// How many match; where there are too many for a screen, that more words help.
const hitWords = (n) => (!n ? t("没有符合的检查项", "No entry matches") : many(n, "项符合", "entry matches", "entries match")
  + (n > FOUND_SHOWN ? t("，先显示前 " + FOUND_SHOWN + " 项，请再输几个字", "; the first " + FOUND_SHOWN + " are shown, type more to narrow it down") : ""));
