use std::collections::BTreeMap;
use std::io::Write;
use std::sync::mpsc::{channel, Receiver, Sender};
use std::thread;

const TEXTS: [&str; 3] = [
    "the quick brown fox jumps over the lazy dog",
    "the dog sleeps and the fox runs",
    "a brown dog and a quick fox",
];

type Counts = BTreeMap<String, usize>;

struct Indexer {
    results: Sender<Counts>,
}

impl Indexer {
    fn spawn(&self, number: usize, text: &'static str) -> thread::JoinHandle<()> {
        let results = self.results.clone();
        thread::Builder::new()
            .name(format!("index-{number}"))
            .spawn(move || {
                let mut counts = Counts::new();
                for word in text.split_whitespace() {
                    *counts.entry(word.to_string()).or_insert(0) += 1;
                }
                results.send(counts).unwrap();
            })
            .unwrap()
    }
}

fn merge_counts(results: Receiver<Counts>) -> Counts {
    let mut total = Counts::new();
    for counts in results {
        for (word, n) in counts {
            *total.entry(word).or_insert(0) += n;
        }
    }
    total
}

fn main() {
    let (tx, rx) = channel();
    let indexer = Indexer { results: tx };
    let threads: Vec<_> = TEXTS
        .iter()
        .enumerate()
        .map(|(n, text)| indexer.spawn(n, text))
        .collect();
    for t in threads {
        t.join().unwrap();
    }
    println!("READY");
    std::io::stdout().flush().unwrap();
    let total = merge_counts(rx);
    println!("{} different words in {} texts", total.len(), TEXTS.len());
    drop(indexer);
}
