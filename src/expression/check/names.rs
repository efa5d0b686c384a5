//! Names: fields, columns, members, `$this`.

use super::frame::read_at;
use super::{Checked, Checker, Frame, did_you_mean};
use crate::diagnostic::codes;
use crate::expression::functions;
use crate::expression::program::{Op, Place};
use crate::expression::syntax::{NodeId, foreign_constant};
use crate::expression::{FieldId, Kind, Problem, Read, Resolved, Symbol, Type, limits};

impl Checker<'_> {
    /// A bare name: the columns of the innermost row first, then outwards.
    #[inline(never)]
    pub(super) fn name(&mut self, node: NodeId, name: &str, frame: &Frame<'_>) -> Checked {
        let mut here = Some(frame);
        let mut suggestion = None;
        while let Some(frame) = here {
            match frame.scope.name(name) {
                Resolved::Field(symbol) => return self.field(&symbol, frame),
                Resolved::Unknown { suggestion: near } => suggestion = suggestion.or(near),
            }
            here = frame.outer;
        }
        let message = ["there is no question named `", name, "`"].concat();
        let message = message + &did_you_mean(suggestion.as_deref(), "`");
        let mut problem = Problem::error(codes::EXPRESSION_UNKNOWN_NAME, self.span(node), message);
        problem.help = match foreign_constant(name) {
            Some("{}") => Some(
                "nothing is `{}`; whether something is answered is asked with `exists()` or `empty()`"
                    .to_owned(),
            ),
            Some(meant) => Some(["write `", meant, "`"].concat()),
            None if functions::find(name).is_some() => {
                Some(["a function has brackets: `", name, "()`"].concat())
            }
            None => None,
        };
        self.report(problem);
        Checked::wrong()
    }

    #[inline(never)]
    pub(super) fn form_name(&mut self, node: NodeId, name: &str, frame: &Frame<'_>) -> Checked {
        match frame.scope.form_name(name) {
            Resolved::Field(symbol) => self.field(&symbol, frame),
            Resolved::Unknown { suggestion } => {
                let message = ["the form has no question named `", name, "`"].concat();
                self.unknown(node, message, suggestion.as_deref())
            }
        }
    }

    #[inline(never)]
    pub(super) fn choice_column(&mut self, node: NodeId, name: &str, frame: &Frame<'_>) -> Checked {
        match frame.scope.choice_column(name) {
            Some(ty) => {
                let name = self.code.text(name);
                self.built(Op::ChoiceColumn(name), ty, 0)
            }
            None => {
                let message = ["the choices here have no column named `", name, "`"].concat();
                self.unknown(node, message, None)
            }
        }
    }

    #[inline(never)]
    pub(super) fn this(&mut self, node: NodeId, frame: &Frame<'_>) -> Checked {
        match &frame.this {
            Some(this) => this.clone(),
            None => self.outside_lambda(node, "$this"),
        }
    }

    #[inline(never)]
    pub(super) fn outside_lambda(&mut self, node: NodeId, name: &str) -> Checked {
        let message =
            ["`", name, "` means something only inside `where(…)`, `select(…)`, `all(…)` or `exists(…)`"];
        self.unknown(node, message.concat(), None)
    }

    fn unknown(&mut self, node: NodeId, message: String, meant: Option<&str>) -> Checked {
        let message = message + &did_you_mean(meant, "`");
        self.report(Problem::error(codes::EXPRESSION_UNKNOWN_NAME, self.span(node), message));
        Checked::wrong()
    }

    /// A field as it is read from a frame.
    fn field(&mut self, symbol: &Symbol, frame: &Frame<'_>) -> Checked {
        let place = Place { frame: frame.depth(), up: symbol.up };
        let levels = frame.levels_from(symbol.up);
        let field = symbol.field;
        if let Kind::Rows(repeat) = symbol.ty.kind {
            self.code.reads.insert(Read::Rows { field: repeat });
            let mut rows = self.built(Op::Rows(repeat, place), symbol.ty.clone(), limits::ASSUMED_ROWS);
            rows.rows = [vec![super::frame::Level::AnyOf(repeat)], levels].concat();
            return rows;
        }
        self.code.reads.insert(read_at(&levels, field));
        let op = if symbol.ty.many { Op::ReadMany(field, place) } else { Op::Read(field, place) };
        let below = if symbol.ty.many { limits::ASSUMED_ROWS } else { 0 };
        let mut read = self.built(op, symbol.ty.clone(), below);
        read.field = Some(field);
        read
    }

    /// `owner.name`: a column of rows, or a part of a field that has parts.
    #[inline(never)]
    pub(super) fn member(&mut self, node: NodeId, owner: NodeId, name: &str, frame: &Frame<'_>) -> Checked {
        let written = &*self.written_whole(owner);
        let before = self.code.reads.clone();
        let owner = self.node(owner, frame);
        if owner.is_wrong() {
            return owner;
        }
        if let Some(&Kind::Rows(_)) = owner.kind() {
            return self.column(node, &owner, written, name, frame);
        }
        // Only a field that is read bare has parts; what is computed from it has none.
        let (Some(field), Op::Read(_, place)) = (owner.field, *self.code.op(owner.op)) else {
            let message = ["`", written, "` has no parts: `.", name, "` needs a repeat or a score before it"];
            return self.unknown(node, message.concat(), None);
        };
        match frame.scope.member(field, name) {
            Resolved::Field(part) => {
                // A part is a field of its own: who reads only the part has not to be told when the whole changes.
                self.code.reads = before;
                let reader = self.frame_at(frame, place.frame);
                self.field(&Symbol { up: place.up, ..part }, reader)
            }
            Resolved::Unknown { suggestion } => {
                let message = ["`", written, "` has no part named `", name, "`"].concat();
                self.unknown(node, message, suggestion.as_deref())
            }
        }
    }

    /// Notes that an operation reads the absence of a field.
    pub(in crate::expression) fn reads_absence(&mut self, field: FieldId, place: Place, frame: &Frame<'_>) {
        let levels = self.frame_at(frame, place.frame).levels_from(place.up);
        self.code.reads.insert(match read_at(&levels, field) {
            Read::Field { field, up } => Read::Absence { field, up },
            column => column,
        });
    }

    /// Notes that an operation reads a field in the row before.
    pub(in crate::expression) fn reads_previous(&mut self, field: FieldId, place: Place, frame: &Frame<'_>) {
        let levels = self.frame_at(frame, place.frame).levels_from(place.up);
        self.code.reads.insert(match read_at(&levels, field) {
            Read::Field { field, .. } => Read::Previous { field },
            column => column,
        });
    }

    /// Whether what is read at a place stands in a row.
    pub(in crate::expression) fn is_in_row(&self, place: Place, frame: &Frame<'_>) -> bool {
        self.frame_at(frame, place.frame).scope.is_in_row()
    }

    fn frame_at<'f>(&self, frame: &'f Frame<'f>, depth: u8) -> &'f Frame<'f> {
        let mut here = frame;
        while let Some(outer) = here.outer.filter(|_| here.depth() > depth) {
            here = outer;
        }
        here
    }

    fn column(
        &mut self,
        node: NodeId,
        owner: &Checked,
        written: &str,
        name: &str,
        frame: &Frame<'_>,
    ) -> Checked {
        let Some(&Kind::Rows(repeat)) = owner.kind() else { return Checked::wrong() };
        let inside = frame.scope.rows(repeat);
        let symbol = match inside.name(name) {
            Resolved::Field(symbol) if symbol.up == 0 => symbol,
            other => {
                let near = if let Resolved::Unknown { suggestion } = other { suggestion } else { None };
                let message = ["`", written, "` has no column named `", name, "`"].concat();
                return self.unknown(node, message, near.as_deref());
            }
        };
        let many = owner.ty.many() || symbol.ty.many;
        let width = if symbol.ty.many { limits::ASSUMED_ROWS } else { 1 };
        let size = owner.size.saturating_mul(width);
        let ty = Type { kind: symbol.ty.kind, many };
        let below = owner.cost.saturating_add(size);
        let mut column = if let Kind::Rows(nested) = ty.kind {
            self.code.reads.insert(Read::Rows { field: nested });
            let mut column = self.built(Op::NestedRows(owner.op, nested), ty, below);
            column.rows = [vec![super::frame::Level::AnyOf(nested)], owner.rows.clone()].concat();
            column
        } else {
            self.code.reads.insert(read_at(&owner.rows, symbol.field));
            let mut column = self.built(Op::Column(owner.op, symbol.field), ty, below);
            column.field = Some(symbol.field);
            column
        };
        column.size = size;
        column.merged = owner.merged;
        column
    }
}
