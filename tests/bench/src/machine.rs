//! What the figures were measured on.

use serde::Serialize;

/// The machine, and how busy it was.
#[derive(Clone, Debug, Serialize)]
pub struct Machine {
    /// The processor's name, as the system has it.
    pub processor: String,
    /// How many cores this program may use.
    pub cores: usize,
    /// Memory in bytes.
    pub memory: u64,
    /// The system.
    pub system: String,
    /// The average load of the last minute before the first figure.
    pub load_before: f64,
    /// The same behind the last one; what is measured here is part of it.
    pub load_after: f64,
    /// The share of the processors' time, from the first figure to the last, that went to other programs, in percent.
    pub others: Option<f64>,
}

impl Machine {
    /// This one, now.
    pub fn now() -> Machine {
        let file = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
        let field = |text: &str, name: &str| {
            let line = text.lines().find(|line| line.starts_with(name))?;
            Some(line.split_once(':')?.1.trim().to_owned())
        };
        let memory = field(&file("/proc/meminfo"), "MemTotal");
        let kilobytes = memory.and_then(|memory| memory.split(' ').next()?.parse::<u64>().ok());
        Machine {
            processor: field(&file("/proc/cpuinfo"), "model name").unwrap_or_else(|| std::env::consts::ARCH.to_owned()),
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            memory: kilobytes.unwrap_or(0) * 1024,
            system: format!("{} {}", std::env::consts::OS, file("/proc/sys/kernel/osrelease").trim()),
            load_before: load(),
            load_after: load(),
            others: None,
        }
    }
}

/// The average load of the last minute.
pub fn load() -> f64 {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().and_then(|load| load.parse().ok()).unwrap_or(f64::NAN)
}

/// Ticks of the processors' time since the machine started: busy, all, and of them those of this program and of what it
/// started and waited for.
#[derive(Clone, Copy)]
pub struct Ticks {
    busy: u64,
    all: u64,
    own: u64,
}

impl Ticks {
    /// Those of now; nothing where the system does not say.
    pub fn now() -> Option<Ticks> {
        let numbers = |text: &str| -> Vec<u64> { text.split(' ').filter_map(|word| word.parse().ok()).collect() };
        let whole = std::fs::read_to_string("/proc/stat").ok()?;
        // User, nice, system, idle, waiting, interrupts, soft interrupts, stolen.
        let cpu = numbers(whole.lines().next()?);
        let (all, idle) = (cpu.iter().take(8).sum::<u64>(), cpu.get(3)? + cpu.get(4)?);
        let own = std::fs::read_to_string("/proc/self/stat").ok()?;
        // Behind the name, which may hold anything: user and system time of its own and of its children.
        let words = own.rsplit_once(')')?.1.split_whitespace();
        let own = words.skip(11).take(4).filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
        Some(Ticks { busy: all - idle, all, own })
    }

    /// The share of the time since then that went to other programs, in percent.
    pub fn others_since(self, before: Ticks) -> f64 {
        let busy = (self.busy - before.busy).saturating_sub(self.own - before.own);
        busy as f64 * 100.0 / (self.all - before.all).max(1) as f64
    }
}
