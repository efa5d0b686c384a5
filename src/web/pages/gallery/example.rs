//! The interview of the gallery. It is nobody's, and kept nowhere: neither answers nor pictures.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::state::State;
use crate::expression::RowId;
use crate::json::sha256_of;
use crate::plan::{LanguageId, Plan, QuestionId};
use crate::profile;
use crate::session::{Command, Journal, Node, World, answer_from_json};
use crate::value::{Absence, Informant, Value};
use crate::web::host::clock;
use crate::web::store::{Attachment, Earlier, Store, Unreadable};

const FILES: [(&str, &str); 2] = [
    ("gallery/questionnaire.json", include_str!("questionnaire.json")),
    ("gallery/zh-CN.json", include_str!("zh-CN.json")),
];

/// The question behind which every answer can be read only.
const FIXED: &str = "g_fixed";
/// The question behind which every question needs an answer.
const INSISTED: &str = "g_insisted";
/// The question whose answer raises an alert.
const HIT: &str = "g_hit";

/// How many days ago the example was asked the time before.
const DAYS_AGO: i32 = 90;

fn plan() -> Option<Arc<Plan>> {
    let files: BTreeMap<String, String> =
        FILES.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    crate::open(&files, "gallery/questionnaire.json").0
}

/// An interview in a state.
pub(super) fn store(state: State, tag: &str) -> Option<Store> {
    let plan = plan()?;
    let example = Example::begin(plan, tag, 0)?;
    match state {
        State::Empty => example.recall(tag)?,
        State::Answered => example.answer_all()?,
        State::Doubtful => {
            example.answer_all()?;
            for (name, answer) in DOUBTFUL {
                example.answer(name, answer)?;
                example.store.leave(example.node(name)?);
            }
        }
        State::Wrong => example.go_wrong()?,
        State::Absent => example.leave_open(),
        State::Fixed => {
            example.answer_all()?;
            example.answer(FIXED, "true")?;
        }
    }
    Some(example.store)
}

/// An interview in which an answer has just raised an alert.
pub(super) fn alarmed(tag: &str) -> Option<Store> {
    let example = Example::begin(plan()?, tag, 0)?;
    example.answer(HIT, "true")?;
    Some(example.store)
}

struct Example {
    plan: Arc<Plan>,
    store: Store,
}

impl Example {
    fn begin(plan: Arc<Plan>, tag: &str, days_ago: i32) -> Option<Self> {
        let language = plan.language(tag).unwrap_or(LanguageId(0));
        let now = clock::now();
        let world = World { today: clock::today().plus_days(-days_ago)?, now, language };
        let store = Store::new("gallery".into(), "".into(), Journal::begin(Arc::clone(&plan), world), now);
        Some(Self { plan, store })
    }

    fn node(&self, name: &str) -> Option<Node> {
        self.plan.question_named(None, name).map(Node::form)
    }

    fn answer(&self, name: &str, answer: &str) -> Option<()> {
        let node = self.node(name)?;
        let answer = answer_from_json(&self.plan, node.question(), &serde_json::from_str(answer).ok()?)?;
        self.store.answer(node, Some(answer));
        Some(())
    }

    fn answer_all(&self) -> Option<()> {
        for (name, answer) in ANSWERS {
            self.answer(name, answer)?;
        }
        for (repeat, text, words, flag) in ROWS {
            let repeat = self.plan.question_named(None, repeat)?;
            self.store.dispatch(Command::AddRow { repeat: Node::form(repeat), at: None });
            let row = self.store.session().rows(Node::form(repeat)).first().copied().unwrap_or(RowId::FORM);
            let column = |name: &str| self.plan.question_named(Some(repeat), name);
            self.store.answer(Node::new(column(text)?, row), Some(Value::text(words)));
            self.store.answer(Node::new(column(flag)?, row), Some(Value::Boolean(true)));
        }
        for (name, drawn) in PICTURES {
            let id = sha256_of(drawn.as_bytes());
            let bytes = Rc::from(drawn.as_bytes());
            self.store.attachments().put(&id, Attachment { media_type: "image/svg+xml", bytes });
            self.store.answer(self.node(name)?, Some(Value::text(&*id)));
        }
        // Two people who do not say the same.
        let asked_twice = self.node("g_buttons")?;
        let ask_also = self.store.session().ask_also(asked_twice, Informant::Proxy);
        self.store.dispatch(ask_also?);
        self.answer("g_buttons", "\"often\"")?;
        // What is to be asked alone was; nothing on this page takes the focus for it.
        let private = self.node("g_private")?;
        self.store.open_section(self.plan.question(private.question()).section, true);
        let _ = self.store.end_wish();
        self.answer("g_private", "false")
    }

    /// What somebody said the time before to some of the questions.
    fn recall(&self, tag: &str) -> Option<()> {
        let before = Self::begin(Arc::clone(&self.plan), tag, DAYS_AGO)?;
        for (name, answer) in ANSWERS.into_iter().filter(|(name, _)| BEFORE.contains(name)) {
            before.answer(name, answer)?;
        }
        let profile = profile::assess(&self.plan, &before.store.record(clock::now())).ok()?;
        self.store.go_on_from(Earlier::new(&self.plan, profile, Some(&self.plan), clock::today()));
        Some(())
    }

    fn go_wrong(&self) -> Option<()> {
        self.answer(INSISTED, "true")?;
        self.answer("g_text", "\"x\"")?;
        self.answer("g_several", "[\"family\", \"neighbours\", \"station\"]")?;
        let typed = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Rc<[String]>>();
        self.store.keep_draft(self.node("g_number")?, typed(&["six"]), Unreadable::Number);
        self.store.keep_draft(self.node("g_date")?, typed(&["2021", "13", ""]), Unreadable::Date);
        for section in self.plan.section_ids() {
            self.store.insist_on(section);
        }
        Some(())
    }

    fn leave_open(&self) {
        let top: Vec<QuestionId> =
            self.plan.question_ids().filter(|id| self.plan.question(*id).parent.is_none()).collect();
        for (id, absence) in top.into_iter().zip(Absence::ALL.into_iter().cycle()) {
            if !self.plan.question(id).absences.is_empty() {
                self.store.dispatch(Command::Absent { node: Node::form(id), absence: Some(absence) });
            }
        }
    }
}

const ANSWERS: [(&str, &str); 23] = [
    ("g_text", "\"To see the mountains\""),
    ("g_long", "\"I get up early, feed the hens, and then I wait until my daughter calls.\""),
    ("g_yes_no", "true"),
    ("g_one", "\"help\""),
    ("g_buttons", "\"sometimes\""),
    ("g_cards", "\"family\""),
    ("g_list", "\"huaxi\""),
    ("g_village", "\"longjing\""),
    ("g_search", "\"tianlong\""),
    ("g_several", "[\"family\", \"station\"]"),
    ("g_ranking", "[\"company\", \"health\"]"),
    ("consent_photo", "\"granted\""),
    ("g_number", "3"),
    ("g_keypad", "6"),
    ("g_slider", "7"),
    ("g_faces", "4"),
    ("g_worse", "1"),
    ("g_timer", "12.4"),
    ("g_date", "\"2021-09\""),
    ("g_time", "\"06:30\""),
    ("g_place", "\"geo:26.4292,106.6598\""),
    ("g_tired", "1"),
    ("g_slept", "2"),
];

/// What was asked the time before.
const BEFORE: [&str; 4] = ["g_text", "g_one", "g_number", "g_faces"];

/// Answers that the checks of the questionnaire wonder about.
const DOUBTFUL: [(&str, &str); 4] =
    [("g_number", "14"), ("g_keypad", "45"), ("g_timer", "95"), ("g_date", "\"2099\"")];

/// A row of each list: the list, and what is said in two of its columns.
const ROWS: [(&str, &str, &str, &str); 2] =
    [("g_rows", "g_called", "Li", "g_child"), ("g_roster", "g_helper", "Wang", "g_paid")];

/// What stands for a signature, a thumbprint and a photograph.
const PICTURES: [(&str, &str); 3] = [
    ("g_signature", include_str!("signature.svg")),
    ("g_thumb", include_str!("thumbprint.svg")),
    ("g_photo", include_str!("photo.svg")),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::web::components::ControlKind;

    #[test]
    fn its_questionnaire_has_no_fault() {
        let files: BTreeMap<String, String> =
            FILES.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        let (plan, sources, faults) = crate::open(&files, "gallery/questionnaire.json");
        let shown: String = faults.iter().map(|fault| sources.render(fault)).collect();
        assert_eq!(shown, "");
        assert_eq!(plan.map(|plan| plan.languages.len()), Some(2));
    }

    #[test]
    fn every_control_has_its_place() {
        let plan = plan().unwrap();
        let shown: BTreeSet<ControlKind> = plan
            .question_ids()
            .filter(|id| !plan.question(*id).is_hidden())
            .map(|id| ControlKind::of(plan.question(id), plan.choices(id).count()))
            .collect();
        assert_eq!(shown, ControlKind::ALL.iter().copied().collect());
    }
}
