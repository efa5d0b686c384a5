//! The same work on every text of the inputs, by all processors, with the results in the order of the texts.
//!
//! A file may have any length: no more than a few lots of texts are held at a time. What is at hand is worked on at
//! once, so that a program at the other end of a pipe gets each answer before it sends the next text.

use std::io::Write;
use std::num::NonZero;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread;

use super::outcome::{Status, Stop};
use super::records::{Framed, Frames, Input, inputs};
use super::refusal::Fault;

/// A text of the input, or why it is none.
pub(super) struct Text {
    /// The input's name, if there are several.
    pub(super) file: Option<Arc<str>>,
    /// The number of the line on which it begins.
    pub(super) line: usize,
    pub(super) text: Result<String, Vec<Fault>>,
}

/// How many processors work.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(super) struct Jobs {
    /// How many texts are worked on at the same time; as many as there are processors if it is left out.
    ///
    /// With 1, no thread is started: for a caller that starts one program for each processor, as Spark does.
    #[arg(long, value_name = "N")]
    jobs: Option<NonZero<usize>>,
}

impl Jobs {
    fn count(self) -> usize {
        let all = || thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN);
        self.jobs.unwrap_or_else(all).get().min(MOST_JOBS)
    }
}

/// More threads than this only wait for each other.
const MOST_JOBS: usize = 256;

/// A lot is handed to a worker when it holds so many texts or bytes, or when no further text is at hand.
const LOT_TEXTS: usize = 32;
const LOT_BYTES: usize = 256 * 1024;
/// Most profiles are no longer.
const LINE: usize = 32 * 1024;
/// No more room than this is made for what comes of a lot before it is there.
const LOT_OUTPUT: usize = 1024 * 1024;

/// Works on every text of the inputs and writes the lines in the order of the texts; the worst status. What comes of a
/// text is put at the end of the output, without a line break; the status is how it counts for that of the program.
pub(super) fn each(
    paths: &[PathBuf],
    jobs: Jobs,
    out: &mut dyn Write,
    work: impl Fn(Text, &mut String) -> Status + Send + Sync + 'static,
) -> Result<Status, Stop> {
    each_lot(
        paths,
        jobs,
        move |lot| all_of(lot, &work),
        |(lines, status): Done| {
            out.write_all(lines.as_bytes())?;
            Ok(status)
        },
    )
}

/// Works on every text of the inputs, lot by lot, and hands over what came of each lot in the order of the texts; the
/// worst status. The work is done by all processors, the handing over by this thread alone.
pub(super) fn each_lot<D: Send + 'static>(
    paths: &[PathBuf],
    jobs: Jobs,
    work: impl Fn(Vec<Text>) -> D + Send + Sync + 'static,
    mut put: impl FnMut(D) -> Result<Status, Stop>,
) -> Result<Status, Stop> {
    let inputs = inputs(paths)?;
    match jobs.count() {
        1 => alone(inputs, &work, &mut put),
        workers => together(inputs, workers, work, &mut put),
    }
}

fn alone<D>(
    inputs: Vec<Input>,
    work: &dyn Fn(Vec<Text>) -> D,
    put: &mut dyn FnMut(D) -> Result<Status, Stop>,
) -> Result<Status, Stop> {
    let mut worst = Status::Clean;
    for input in inputs {
        let mut texts = Texts::new(input);
        while let Some(text) = texts.next()? {
            worst = worst.max(put(work(vec![text]))?);
        }
    }
    Ok(worst)
}

/// What a worker made of a lot: the lines with their breaks, and the worst status.
type Done = (String, Status);
/// A lot and where what comes of it goes.
type Job<D> = (Vec<Text>, SyncSender<D>);
/// What is to come of the lots, in their order; or why the input could not be read to its end.
type Promise<D> = Result<Receiver<D>, Stop>;

/// The reader and the workers are threads of their own and are not waited for: whoever reads the output may have had
/// enough while the input stands still.
fn together<D: Send + 'static>(
    inputs: Vec<Input>,
    workers: usize,
    work: impl Fn(Vec<Text>) -> D + Send + Sync + 'static,
    put: &mut dyn FnMut(D) -> Result<Status, Stop>,
) -> Result<Status, Stop> {
    let (jobs, open) = sync_channel::<Job<D>>(workers);
    // Every lot that is read, worked on or waits to be written has its place here: the bound of the memory.
    let (promises, promised) = sync_channel::<Promise<D>>(workers * 2);
    let (open, work) = (Arc::new(Mutex::new(open)), Arc::new(work));
    for _ in 0..workers {
        let (open, work) = (Arc::clone(&open), Arc::clone(&work));
        thread::spawn(move || {
            // The lock is held while waiting, not while working.
            while let Some((lot, done)) = open.lock().ok().and_then(|open| open.recv().ok()) {
                if done.send(work(lot)).is_err() {
                    break;
                }
            }
        });
    }
    thread::spawn(move || {
        if let Err(stop) = read(inputs, &jobs, &promises) {
            let _ = promises.send(Err(stop));
        }
    });
    let mut worst = Status::Clean;
    while let Ok(promise) = promised.recv() {
        let lost = |_| Stop::Unusable("a thread of this program ended early: please report it".into());
        worst = worst.max(put(promise?.recv().map_err(lost)?)?);
    }
    Ok(worst)
}

fn all_of(lot: Vec<Text>, work: &dyn Fn(Text, &mut String) -> Status) -> Done {
    let mut lines = String::with_capacity(LINE);
    let mut worst = Status::Clean;
    let others = lot.len().saturating_sub(1);
    for (index, text) in lot.into_iter().enumerate() {
        worst = worst.max(work(text, &mut lines));
        lines.push('\n');
        if index == 0 {
            // What comes of the others will be about as long.
            lines.reserve(lines.len().saturating_mul(others).min(LOT_OUTPUT));
        }
    }
    (lines, worst)
}

/// Reads all inputs; ends early, and without a word, when nobody wants more.
fn read<D>(
    inputs: Vec<Input>,
    jobs: &SyncSender<Job<D>>,
    promises: &SyncSender<Promise<D>>,
) -> Result<(), Stop> {
    for input in inputs {
        let mut texts = Texts::new(input);
        loop {
            let lot = texts.lot()?;
            if lot.is_empty() {
                break;
            }
            let (done, promise) = sync_channel(1);
            if promises.send(Ok(promise)).is_err() || jobs.send((lot, done)).is_err() {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// The texts of one input.
struct Texts {
    file: Option<Arc<str>>,
    frames: Frames,
}

impl Texts {
    fn new(input: Input) -> Self {
        Self { file: input.name.map(Into::into), frames: Frames::new(input.bytes) }
    }

    fn next(&mut self) -> Result<Option<Text>, Stop> {
        let unreadable = |error| Stop::Unusable(format!("cannot read the input: {error}"));
        let Some(framed) = self.frames.next().map_err(unreadable)? else { return Ok(None) };
        Ok(Some(Text { file: self.file.clone(), line: framed.line, text: text_of(framed) }))
    }

    /// The texts that are at hand, up to a lot; at least one, for which it waits; none at the end.
    fn lot(&mut self) -> Result<Vec<Text>, Stop> {
        let mut lot = Vec::new();
        let mut bytes = 0;
        while let Some(text) = self.next()? {
            bytes += text.text.as_ref().map_or(0, String::len);
            lot.push(text);
            if lot.len() >= LOT_TEXTS || bytes >= LOT_BYTES || !self.frames.has_line() {
                break;
            }
        }
        Ok(lot)
    }
}

/// A framed text as one, or why it cannot be read.
pub(super) fn text_of(framed: Framed) -> Result<String, Vec<Fault>> {
    if framed.too_long {
        return Err(vec![Fault::too_long()]);
    }
    String::from_utf8(framed.bytes).map_err(|_| vec![Fault::encoding()])
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Read};
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// An input without end that counts the bytes that were taken of it.
    struct Endless(Arc<AtomicUsize>);

    impl Read for Endless {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let line = b"{\"assessed_on\":\"2026-11-23\"}\n";
            let whole = buffer.len() / line.len() * line.len();
            let (lines, _) = buffer.as_chunks_mut::<29>();
            lines.iter_mut().for_each(|to| to.copy_from_slice(line));
            self.0.fetch_add(whole, Ordering::Relaxed);
            Ok(whole)
        }
    }

    #[test]
    fn no_more_is_held_than_a_few_lots_whatever_the_length_of_the_input() {
        for workers in [2, 3, 8] {
            let taken = Arc::new(AtomicUsize::new(0));
            let input: Box<dyn Read + Send> = Box::new(Endless(Arc::clone(&taken)));
            let inputs = vec![Input { name: None, bytes: BufReader::with_capacity(29 * 32, input) }];
            let (mut written, mut most) = (0, 0);
            let stopped = together(inputs, workers, |lot: Vec<Text>| lot.len(), &mut |texts| {
                most = most.max((taken.load(Ordering::Relaxed) / 29).saturating_sub(written));
                written += texts;
                let enough = written >= 2_000 * LOT_TEXTS;
                if enough { Err(Stop::Unusable("enough".into())) } else { Ok(Status::Clean) }
            });
            assert!(stopped.is_err());
            // Those that have a place, the one that is being read, and what is in the buffer.
            let bound = (workers * 2 + 4) * LOT_TEXTS;
            assert!(most <= bound, "{workers} workers: {most} records at a time, at most {bound} expected");
        }
    }
}
