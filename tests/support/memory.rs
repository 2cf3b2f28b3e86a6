//! How much memory a process holds, as Linux says it.

/// The memory that the process `id` holds (its resident set), in bytes. `None` where there is no such process, and on
/// systems other than Linux.
pub fn held(id: u32) -> Option<u64> {
    of_status(id, "VmRSS:")
}

/// The most memory that the process `id` has held so far, in bytes; as [`held`].
pub fn most(id: u32) -> Option<u64> {
    of_status(id, "VmHWM:")
}

fn of_status(id: u32, name: &str) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? * 1024)
}
