//! What a module needs before its door is opened.

use std::collections::{HashMap, HashSet};

use walrus::ir::{Const, Load, MemArg, Store, Value, Visitor, dfs_in_order};
use walrus::{ElementItems, ElementKind, ExportItem, FunctionId, FunctionKind, Module};

use super::links::{Links, Uses};

/// Functions and data that can be reached without the door.
#[derive(Debug)]
pub(super) struct Reach {
    /// By their numbers, which hold in every reading of the same module.
    pub(super) functions: HashSet<usize>,
    /// By the places of [`Links::pieces`].
    pub(super) pieces: Vec<bool>,
}

/// Follows calls and addresses from everything that is reachable from outside. The door is reached, and not entered.
pub(super) fn reach(module: &Module, links: &Links, door: FunctionId) -> Reach {
    let mut walk = Walk {
        module,
        links,
        door,
        named: HashMap::new(),
        slots: slots(module),
        found: Reach { functions: HashSet::new(), pieces: vec![false; links.pieces.len()] },
        functions: Vec::new(),
        pieces: Vec::new(),
    };
    for function in module.funcs.iter() {
        if let Some(name) = function.name.as_deref() {
            walk.named.entry(name).or_default().push(function.id());
        }
    }
    let exported = module.exports.iter().filter_map(|export| match export.item {
        ExportItem::Function(id) => Some(id),
        _ => None,
    });
    for id in exported.chain(module.start) {
        walk.function(id);
    }
    walk.uses(&links.loose);
    walk.finish();
    walk.found
}

/// The functions in the slots of the module's tables.
fn slots(module: &Module) -> HashMap<i64, FunctionId> {
    let mut slots = HashMap::new();
    for element in module.elements.iter() {
        if let (ElementKind::Active { offset, .. }, ElementItems::Functions(functions)) =
            (&element.kind, &element.items)
            && let walrus::ConstExpr::Value(Value::I32(first)) = offset
        {
            slots.extend((i64::from(*first)..).zip(functions.iter().copied()));
        }
    }
    slots
}

struct Walk<'a> {
    module: &'a Module,
    links: &'a Links,
    door: FunctionId,
    named: HashMap<&'a str, Vec<FunctionId>>,
    slots: HashMap<i64, FunctionId>,
    found: Reach,
    functions: Vec<FunctionId>,
    pieces: Vec<usize>,
}

impl Walk<'_> {
    fn function(&mut self, id: FunctionId) {
        if self.found.functions.insert(id.index()) && id != self.door {
            self.functions.push(id);
        }
    }

    fn piece(&mut self, place: usize) {
        if let Some(found) = self.found.pieces.get_mut(place)
            && !std::mem::replace(found, true)
        {
            self.pieces.push(place);
        }
    }

    fn uses(&mut self, uses: &Uses) {
        for name in &uses.functions {
            for id in self.named.get(&**name).cloned().unwrap_or_default() {
                self.function(id);
            }
        }
        for &place in &uses.pieces {
            self.piece(place);
        }
    }

    fn finish(&mut self) {
        let links = self.links;
        loop {
            if let Some(id) = self.functions.pop() {
                self.enter(id);
            } else if let Some(place) = self.pieces.pop() {
                if let Some(piece) = links.pieces.get(place) {
                    self.uses(&piece.uses);
                }
            } else {
                return;
            }
        }
    }

    fn enter(&mut self, id: FunctionId) {
        let function = self.module.funcs.get(id);
        let FunctionKind::Local(local) = &function.kind else { return };
        let mut body = Body::default();
        dfs_in_order(&mut body, local, local.entry_block());
        for callee in body.callees {
            self.function(callee);
        }
        let links = self.links;
        match function.name.as_deref().and_then(|name| links.functions.get(name)) {
            Some(uses) => self.uses(uses),
            // Made by wasm-bindgen and not by the linker: every number may be an address.
            None => {
                for number in body.numbers {
                    if let Some(&id) = self.slots.get(&number) {
                        self.function(id);
                    }
                    let places: Vec<usize> =
                        u32::try_from(number).into_iter().flat_map(|at| links.at(at)).collect();
                    for place in places {
                        self.piece(place);
                    }
                }
            }
        }
    }
}

/// What stands in a function.
#[derive(Default)]
struct Body {
    callees: Vec<FunctionId>,
    numbers: Vec<i64>,
}

impl Body {
    fn argument(&mut self, argument: &MemArg) {
        self.numbers.extend(i64::try_from(argument.offset));
    }
}

impl<'a> Visitor<'a> for Body {
    fn visit_function_id(&mut self, &id: &FunctionId) {
        self.callees.push(id);
    }

    fn visit_const(&mut self, instruction: &Const) {
        if let Value::I32(number) = instruction.value {
            self.numbers.push(i64::from(number.cast_unsigned()));
        }
    }

    fn visit_load(&mut self, instruction: &Load) {
        self.argument(&instruction.arg);
    }

    fn visit_store(&mut self, instruction: &Store) {
        self.argument(&instruction.arg);
    }
}
