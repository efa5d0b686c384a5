//! What the linker knows and a finished module no longer says.
//!
//! In a module an address is a number like any other. With `--emit-relocs` the linker writes down which numbers are
//! addresses, of functions and of data, and how the data falls into pieces; from that follows what each function and
//! each piece needs. See "Linking" in WebAssembly's tool conventions.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use anyhow::{Context, Result, bail};
use wasmparser::{
    DataKind, KnownCustom, Linking, Name, Operator, Parser, Payload, RelocationEntry, RelocationType,
    SymbolInfo, TypeRef,
};

/// The functions and pieces of data whose address something holds.
#[derive(Debug, Default)]
pub(super) struct Uses {
    /// By their names.
    pub(super) functions: Vec<Rc<str>>,
    /// By their places in [`Links::pieces`].
    pub(super) pieces: Vec<usize>,
}

/// A piece of data: what the program knows under one name.
#[derive(Debug)]
pub(super) struct Piece {
    /// Where it is in memory.
    pub(super) range: Range<u32>,
    /// What it holds the addresses of.
    pub(super) uses: Uses,
}

/// All that refers to something by its address.
#[derive(Debug, Default)]
pub(super) struct Links {
    /// The functions by their names.
    pub(super) functions: HashMap<Rc<str>, Uses>,
    /// The pieces in the order of memory.
    pub(super) pieces: Vec<Piece>,
    /// What data outside of all pieces holds the addresses of.
    pub(super) loose: Uses,
}

impl Links {
    /// Reads what the linker has left in a module.
    pub(super) fn read(linked: &[u8]) -> Result<Self> {
        Sections::read(linked)?.links()
    }

    /// The pieces at an address.
    pub(super) fn at(&self, address: u32) -> impl Iterator<Item = usize> {
        // Pieces seldom overlap, and then only a few: names of the same thing.
        const OVERLAP: usize = 8;
        let end = self.pieces.partition_point(|piece| piece.range.start <= address);
        let near = end.saturating_sub(OVERLAP)..end;
        near.filter(move |&place| self.pieces.get(place).is_some_and(|piece| piece.range.contains(&address)))
    }
}

/// A symbol, as far as addresses go.
#[derive(Clone, Debug)]
enum Symbol {
    Function(u32),
    Data { segment: u32, offset: u32, size: u32 },
    Other,
}

/// A segment of data: where it is in the file, and where in memory.
#[derive(Debug)]
struct Segment {
    file: Range<usize>,
    address: u32,
}

/// The sections that matter, as they stand in the file.
#[derive(Debug, Default)]
struct Sections {
    imported: usize,
    code: usize,
    bodies: Vec<Range<usize>>,
    data: usize,
    segments: Vec<Segment>,
    names: HashMap<u32, Rc<str>>,
    symbols: Vec<Symbol>,
    in_code: Vec<RelocationEntry>,
    in_data: Vec<RelocationEntry>,
}

impl Sections {
    fn read(linked: &[u8]) -> Result<Self> {
        let mut sections = Self::default();
        for payload in Parser::new(0).parse_all(linked) {
            match payload? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        let is_function = matches!(import?.ty, TypeRef::Func(_) | TypeRef::FuncExact(_));
                        sections.imported += usize::from(is_function);
                    }
                }
                Payload::CodeSectionStart { range, .. } => sections.code = range.start,
                Payload::CodeSectionEntry(body) => sections.bodies.push(body.range()),
                Payload::DataSection(reader) => {
                    sections.data = reader.range().start;
                    for data in reader {
                        let data = data?;
                        let end = data.range.end;
                        let file = end - data.data.len()..end;
                        sections.segments.push(Segment { file, address: address_of(&data.kind)? });
                    }
                }
                Payload::CustomSection(custom) => match custom.as_known() {
                    KnownCustom::Name(names) => {
                        for name in names {
                            let Name::Function(functions) = name? else { continue };
                            for function in functions {
                                let function = function?;
                                sections.names.insert(function.index, function.name.into());
                            }
                        }
                    }
                    KnownCustom::Linking(linking) => {
                        for part in linking.subsections() {
                            let Linking::SymbolTable(symbols) = part? else { continue };
                            for symbol in symbols {
                                sections.symbols.push(symbol_of(&symbol?));
                            }
                        }
                    }
                    KnownCustom::Reloc(reader) => {
                        let entries = match custom.name() {
                            "reloc.CODE" => &mut sections.in_code,
                            "reloc.DATA" => &mut sections.in_data,
                            _ => continue,
                        };
                        for entry in reader.entries() {
                            entries.push(entry?);
                        }
                    }
                    _ => {}
                },
                _ => {}
            }
        }
        if sections.symbols.is_empty() || sections.in_code.is_empty() {
            bail!("the linker has left no relocations: was it called without --emit-relocs?");
        }
        Ok(sections)
    }

    fn links(&self) -> Result<Links> {
        let mut links = Links::default();
        // Where each symbol's piece is: first as they come, then in the order of memory.
        let mut places: Vec<(Range<u32>, usize)> = Vec::new();
        for (index, symbol) in self.symbols.iter().enumerate() {
            if let Symbol::Data { segment, offset, size } = symbol
                && let Some(segment) = self.segments.get(*segment as usize)
            {
                let start = segment.address + offset;
                places.push((start..start + size, index));
            }
        }
        places.sort_by_key(|(range, index)| (range.start, range.end, *index));
        let mut place_of = HashMap::new();
        for (place, (range, index)) in places.into_iter().enumerate() {
            place_of.insert(index, place);
            links.pieces.push(Piece { range, uses: Uses::default() });
        }
        for name in self.names.values() {
            links.functions.entry(Rc::clone(name)).or_default();
        }
        for entry in &self.in_code {
            let at = self.code + entry.offset as usize;
            let body = self.bodies.partition_point(|body| body.end <= at);
            let inside = self.bodies.get(body).is_some_and(|body| body.contains(&at));
            let name = u32::try_from(self.imported + body).ok().and_then(|index| self.names.get(&index));
            let name = name.filter(|_| inside).context("a relocation stands in no function with a name")?;
            let uses = links.functions.entry(Rc::clone(name)).or_default();
            self.note(entry, &place_of, uses);
        }
        for entry in &self.in_data {
            let at = self.data + entry.offset as usize;
            let segment = self.segments.iter().find(|segment| segment.file.contains(&at));
            let segment = segment.context("a relocation stands in no segment of data")?;
            let address = segment.address + u32::try_from(at - segment.file.start)?;
            let holders: Vec<usize> = links.at(address).collect();
            if holders.is_empty() {
                self.note(entry, &place_of, &mut links.loose);
            }
            for holder in holders {
                if let Some(piece) = links.pieces.get_mut(holder) {
                    self.note(entry, &place_of, &mut piece.uses);
                }
            }
        }
        Ok(links)
    }

    /// Notes an address that something holds. Direct calls are no addresses: the module shows them itself.
    fn note(&self, entry: &RelocationEntry, place_of: &HashMap<usize, usize>, uses: &mut Uses) {
        use RelocationType as Type;
        let index = entry.index as usize;
        match entry.ty {
            Type::TableIndexSleb | Type::TableIndexI32 | Type::TableIndexRelSleb => {
                if let Some(Symbol::Function(function)) = self.symbols.get(index)
                    && let Some(name) = self.names.get(function)
                {
                    uses.functions.push(Rc::clone(name));
                }
            }
            Type::MemoryAddrLeb
            | Type::MemoryAddrSleb
            | Type::MemoryAddrI32
            | Type::MemoryAddrRelSleb
            | Type::MemoryAddrTlsSleb
            | Type::MemoryAddrLocrelI32 => uses.pieces.extend(place_of.get(&index)),
            _ => {}
        }
    }
}

fn symbol_of(symbol: &SymbolInfo<'_>) -> Symbol {
    match symbol {
        SymbolInfo::Func { index, .. } => Symbol::Function(*index),
        SymbolInfo::Data { symbol: Some(data), .. } => {
            Symbol::Data { segment: data.index, offset: data.offset, size: data.size }
        }
        _ => Symbol::Other,
    }
}

/// Where an active segment goes.
fn address_of(kind: &DataKind<'_>) -> Result<u32> {
    let DataKind::Active { offset_expr, .. } = kind else {
        bail!("a segment of data has no fixed address");
    };
    match offset_expr.get_operators_reader().read()? {
        Operator::I32Const { value } => Ok(value.cast_unsigned()),
        _ => bail!("the address of a segment of data is no constant"),
    }
}
