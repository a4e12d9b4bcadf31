use std::collections::HashMap;
use std::io::Write;
use std::sync::{Arc, Mutex};
use std::thread;

struct TaxTable {
    cache: Mutex<HashMap<String, u32>>,
}

impl TaxTable {
    fn new() -> Self {
        let known = [("DE", 1900), ("FR", 2000)];
        let cache = known.iter().map(|(c, r)| (c.to_string(), *r)).collect();
        TaxTable { cache: Mutex::new(cache) }
    }

    fn rate_for(&self, country: &str) -> u32 {
        match self.cache.lock().unwrap().get(country) {
            Some(rate) => *rate,
            None => self.remember(country, default_rate(country)),
        }
    }

    fn remember(&self, country: &str, rate: u32) -> u32 {
        self.cache.lock().unwrap().insert(country.to_string(), rate);
        rate
    }
}

fn default_rate(country: &str) -> u32 {
    if country.starts_with('C') { 770 } else { 2100 }
}

fn gross(table: &TaxTable, orders: &[(&str, u32)]) -> u32 {
    orders
        .iter()
        .map(|(country, net)| net + net * table.rate_for(country) / 10_000)
        .sum()
}

fn main() {
    let table = Arc::new(TaxTable::new());
    let shared = Arc::clone(&table);
    println!("READY");
    std::io::stdout().flush().unwrap();
    let invoices = thread::Builder::new()
        .name("invoice-run".into())
        .spawn(move || gross(&shared, &[("DE", 4000), ("FR", 2550), ("CH", 9900), ("IT", 120)]))
        .unwrap();
    println!("gross {}", invoices.join().unwrap());
    println!("{} rates", table.cache.lock().unwrap().len());
}
