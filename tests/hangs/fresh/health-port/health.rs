use std::fs::OpenOptions;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::Arc;
use std::thread;

#[derive(Default)]
struct Shared {
    stopping: AtomicBool,
    rows: AtomicU64,
}

fn answer_probe(mut peer: TcpStream, shared: &Shared) -> std::io::Result<()> {
    let mut request = [0u8; 512];
    let _ = peer.read(&mut request)?;
    let body = format!("rows {}\n", shared.rows.load(Ordering::Relaxed));
    write!(peer, "HTTP/1.0 200 OK\r\nContent-Length: {}\r\n\r\n{}", body.len(), body)
}

fn probe_loop(listener: TcpListener, shared: Arc<Shared>) {
    for peer in listener.incoming() {
        if shared.stopping.load(Ordering::SeqCst) {
            break;
        }
        if let Ok(peer) = peer {
            let _ = answer_probe(peer, &shared);
        }
    }
}

fn record_port(port: u16) {
    if let Ok(path) = std::env::var("HANG_FACTS") {
        let mut facts = OpenOptions::new().create(true).append(true).open(path).unwrap();
        writeln!(facts, "port={port}").unwrap();
    }
}

fn main() -> std::io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    record_port(listener.local_addr()?.port());
    let shared = Arc::new(Shared::default());
    let for_probes = shared.clone();
    let probes = thread::Builder::new()
        .name("health-http".into())
        .spawn(move || probe_loop(listener, for_probes))?;
    for n in 0..5000u64 {
        shared.rows.fetch_add(n % 3, Ordering::Relaxed);
    }
    shared.stopping.store(true, Ordering::SeqCst);
    println!("READY");
    probes.join().unwrap();
    println!("imported {} rows", shared.rows.load(Ordering::Relaxed));
    Ok(())
}
