//! Every text of a questionnaire that a person reads, with its translations.

use super::form::Form;
use crate::json::Item;

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// What the person is asked: read aloud.
    Question,
    /// What a note says.
    Note,
    /// A choice, or an entry of a list.
    Choice,
    /// Anything else.
    Other,
}

/// A text with its translations.
pub(super) struct Text<'a> {
    pub(super) kind: Kind,
    pub(super) item: Item<'a>,
    /// By language.
    pub(super) translations: Vec<(&'a str, Item<'a>)>,
    /// What a finding about it can be allowed at.
    pub(super) owners: Vec<Item<'a>>,
}

impl<'a> Text<'a> {
    /// The text itself and its translations, each with its language.
    pub(super) fn all(&self, form: &Form<'a>) -> impl Iterator<Item = (&'a str, Item<'a>)> {
        let plan = form.plan;
        let own = plan.languages.first().map_or("en", |language| &**language);
        std::iter::once((own, self.item)).chain(self.translations.iter().copied())
    }
}

/// Every text, in the order of the files.
pub(super) fn texts<'a>(form: &Form<'a>) -> Vec<Text<'a>> {
    let mut gathering = Gathering { form, texts: Vec::new() };
    gathering.root();
    gathering.sections();
    gathering.questions();
    gathering.scores();
    gathering.rules();
    gathering.lists();
    gathering.texts
}

struct Gathering<'f, 'a> {
    form: &'f Form<'a>,
    texts: Vec<Text<'a>>,
}

impl<'a> Gathering<'_, 'a> {
    fn add(&mut self, kind: Kind, item: Option<Item<'a>>, file: usize, path: &[&str], owners: Vec<Item<'a>>) {
        let Some(item) = item.filter(|item| item.text().is_some()) else { return };
        let (questionnaire, plan) = (self.form.questionnaire, self.form.plan);
        let packs = questionnaire.packs_of(file);
        let languages = plan.languages.iter().skip(1);
        let translations =
            languages.filter_map(|language| Some((&**language, packs.text(language, path)?))).collect();
        self.texts.push(Text { kind, item, translations, owners });
    }

    fn root(&mut self) {
        let Some(root) = self.form.questionnaire.root() else { return };
        for keyword in ["title", "description"] {
            self.add(Kind::Other, root.get(keyword), 0, &[keyword], Vec::new());
        }
        self.checks(root, 0, &[], &[]);
    }

    fn checks(&mut self, holder: Item<'a>, file: usize, path: &[&str], owners: &[Item<'a>]) {
        for check in holder.get("checks").into_iter().flat_map(Item::items) {
            let Some(id) = check.text_of("id") else { continue };
            let path: Vec<&str> = path.iter().copied().chain(["checks", id]).collect();
            self.add(Kind::Other, check.get("message"), file, &path, owners.to_vec());
        }
    }

    fn sections(&mut self) {
        for source in self.form.sections.clone() {
            let id = source.get("id").and_then(Item::text).unwrap_or_default();
            let owners: Vec<Item<'a>> = source.reference.into_iter().collect();
            for keyword in ["title", "description", "guidance"] {
                let Some(item) = source.get(keyword) else { continue };
                let overridden = source.reference.is_some_and(|reference| reference.get(keyword).is_some());
                let (questionnaire, plan) = (self.form.questionnaire, self.form.plan);
                let packs = questionnaire.packs_of(source.file);
                let languages = plan.languages.iter().skip(1);
                let translations = languages
                    .filter_map(|language| {
                        let own = packs.text(language, &["sections", id, keyword]);
                        let shared = || {
                            if source.file == 0 || overridden {
                                None
                            } else {
                                packs.own_text(language, &[keyword])
                            }
                        };
                        Some((&**language, own.or_else(shared)?))
                    })
                    .collect();
                self.texts.push(Text { kind: Kind::Other, item, translations, owners: owners.clone() });
            }
            self.checks(source.body, source.file, &["sections", id], &owners);
        }
    }

    fn questions(&mut self) {
        for (id, written) in self.form.questions().collect::<Vec<_>>() {
            let (item, file) = (written.item, written.file);
            let path = self.form.plan.path(id);
            let mut owners = vec![item];
            owners.extend(self.form.owners(id));
            let note = item.text_of("widget") == Some("note");
            for keyword in ["title", "description", "guidance", "placeholder", "unit", "itemTitle"] {
                let kind = match keyword {
                    "title" if note => Kind::Note,
                    "title" => Kind::Question,
                    _ => Kind::Other,
                };
                self.add(kind, item.get(keyword), file, &["questions", &path, keyword], owners.clone());
            }
            for choice in own_choices(item) {
                let Some(code) = choice.get("const").and_then(code_text) else { continue };
                let path = ["questions", &path, "choices", &code];
                self.add(Kind::Choice, choice.get("title"), file, &path, owners.clone());
            }
            self.checks(item, file, &["questions", &path], &owners);
        }
    }

    fn scores(&mut self) {
        for (score, item, file) in self.form.scores().collect::<Vec<_>>() {
            for keyword in ["title", "description"] {
                let path = ["scores", &score.id, keyword];
                self.add(Kind::Other, item.get(keyword), file, &path, vec![item]);
            }
            for band in item.get("bands").into_iter().flat_map(Item::items) {
                let Some(id) = band.text_of("id") else { continue };
                self.add(
                    Kind::Other,
                    band.get("title"),
                    file,
                    &["scores", &score.id, "bands", id],
                    vec![item],
                );
            }
        }
    }

    fn rules(&mut self) {
        for (rule, item, file) in self.form.rules().collect::<Vec<_>>() {
            let outcomes = ["need", "alert", "notAssessed", "review", "recommend"];
            let outcome = outcomes.into_iter().find_map(|outcome| item.get(outcome));
            for (holder, keywords) in
                [(Some(item), &["title", "why"][..]), (outcome, &["label", "script", "reason"][..])]
            {
                for keyword in keywords {
                    let text = holder.and_then(|holder| holder.get(keyword));
                    self.add(Kind::Other, text, file, &["rules", &rule.id, keyword], vec![item]);
                }
            }
        }
    }

    fn lists(&mut self) {
        let questionnaire = self.form.questionnaire;
        for (_, body, file) in questionnaire.lists() {
            for entry in body.get("entries").into_iter().flat_map(Item::items) {
                let Some(code) = entry.text_of("code") else { continue };
                self.add(Kind::Choice, entry.get("title"), file, &["entries", code], vec![entry]);
            }
        }
    }
}

/// The choices that are written at a question.
pub(super) fn own_choices<'a>(question: Item<'a>) -> impl Iterator<Item = Item<'a>> {
    let list = question.get("oneOf").or_else(|| question.get("items")?.get("oneOf"));
    list.into_iter().flat_map(Item::items)
}

/// A code as text.
pub(super) fn code_text(item: Item<'_>) -> Option<String> {
    match item.text() {
        Some(text) => Some(text.to_owned()),
        None => item.decimal().map(|number| number.normalize().to_string()),
    }
}
