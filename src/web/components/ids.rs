use yew::AttrValue;

use crate::session::Node;

/// The id of a question's element.
pub(crate) fn question_id(node: Node) -> AttrValue {
    Ids(node).question()
}

/// The ids of a question's elements. They are made of numbers that mean nothing outside of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ids(pub(crate) Node);

impl Ids {
    /// The whole question.
    pub(crate) fn question(self) -> AttrValue {
        self.part("q")
    }

    /// The one box of a question that has one.
    pub(crate) fn control(self) -> AttrValue {
        self.part("c")
    }

    /// What is asked.
    pub(crate) fn title(self) -> AttrValue {
        self.part("t")
    }

    /// The hint under it.
    pub(crate) fn hint(self) -> AttrValue {
        self.part("h")
    }

    /// What is wrong.
    pub(crate) fn messages(self) -> AttrValue {
        self.part("m")
    }

    /// What opens under "more".
    pub(crate) fn more(self) -> AttrValue {
        self.part("o")
    }

    /// The name that a group of radio buttons shares.
    pub(crate) fn group(self) -> AttrValue {
        self.part("g")
    }

    /// The name that the reasons for no answer share.
    pub(crate) fn absence_group(self) -> AttrValue {
        self.part("n")
    }

    /// A further element of the question.
    pub(crate) fn nth(self, index: usize) -> AttrValue {
        format!("{}-{index}", self.part("i")).into()
    }

    fn part(self, letter: &str) -> AttrValue {
        format!("{letter}{}-{}", self.0.field.0, self.0.row.0).into()
    }
}
