//! Many strings looked for at once, at given places of a text.

/// Strings, stored by what they begin with.
#[derive(Debug)]
pub(super) struct Trie {
    /// By the first byte: the node that it leads to; 0, which is the root, for none.
    first: [u32; 256],
    /// By the first two bytes, where both are of ASCII: the node that they lead to; 0 for none. Most words have none.
    second: Vec<u32>,
    nodes: Vec<Node>,
    /// The byte that leads to each node. The children of a node stand beside each other.
    labels: Vec<u8>,
}

#[derive(Debug, Clone, Copy)]
struct Node {
    /// Its first child; the others follow.
    child: u32,
    children: u16,
    /// The string that ends here, or [`NONE`].
    string: u16,
}

const NONE: u16 = u16::MAX;

impl Trie {
    /// Of strings in the order of their bytes, none twice and none empty. They are told apart by their place in it.
    pub fn new<'a>(strings: impl Iterator<Item = &'a str>) -> Trie {
        let strings: Vec<&[u8]> = strings.map(str::as_bytes).collect();
        let mut trie = Trie {
            first: [0; 256],
            second: vec![0; 128 * 128],
            nodes: vec![Node { child: 0, children: 0, string: NONE }],
            labels: vec![0],
        };
        // Level by level: the node, how many bytes lead to it and the strings that begin with these.
        let mut open = std::collections::VecDeque::from([(0usize, 0usize, 0..strings.len())]);
        while let Some((node, depth, within)) = open.pop_front() {
            let child = trie.nodes.len() as u32;
            let mut children = 0;
            let mut string = NONE;
            let mut rest = within;
            while let Some(one) = strings.get(rest.start).filter(|_| !rest.is_empty()) {
                let Some(&label) = one.get(depth) else {
                    string = rest.start as u16;
                    rest.start += 1;
                    continue;
                };
                let alike = strings[rest.clone()].iter().take_while(|other| other.get(depth) == Some(&label)).count();
                open.push_back((trie.nodes.len(), depth + 1, rest.start..rest.start + alike));
                trie.nodes.push(Node { child: 0, children: 0, string: NONE });
                trie.labels.push(label);
                children += 1;
                rest.start += alike;
            }
            trie.nodes[node] = Node { child, children, string };
        }
        let root = trie.nodes[0];
        for node in root.child..root.child + u32::from(root.children) {
            let label = trie.labels[node as usize];
            trie.first[usize::from(label)] = node;
            let Node { child, children, .. } = trie.nodes[node as usize];
            for below in child..child + u32::from(children) {
                if let Some(second) = pair(label, trie.labels[below as usize]) {
                    trie.second[second] = below;
                }
            }
        }
        trie
    }

    /// Calls `found` with the end of each string that begins at byte `at` of `text`, and which it is; the shortest
    /// first.
    pub fn each(&self, text: &[u8], at: usize, mut found: impl FnMut(usize, u16)) {
        let Some(&byte) = text.get(at) else { return };
        let mut node = self.first[usize::from(byte)];
        let mut end = at + 1;
        if let Some(second) = text.get(end).and_then(|next| pair(byte, *next)) {
            if let Some(one) = self.nodes.get(node as usize).filter(|one| one.string != NONE) {
                found(end, one.string);
            }
            node = self.second.get(second).copied().unwrap_or(0);
            end += 1;
        }
        while node != 0 {
            let Some(&Node { child, children, string }) = self.nodes.get(node as usize) else { return };
            if string != NONE {
                found(end, string);
            }
            let Some(byte) = text.get(end) else { return };
            let labels = self.labels.get(child as usize..child as usize + usize::from(children)).unwrap_or_default();
            let Some(next) = labels.iter().position(|label| label == byte) else { return };
            node = child + next as u32;
            end += 1;
        }
    }
}

/// The place of two bytes of ASCII among all pairs of them.
fn pair(first: u8, second: u8) -> Option<usize> {
    (first.is_ascii() && second.is_ascii()).then(|| usize::from(first) << 7 | usize::from(second))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_begins_at_a_place_is_found(
            strings in prop::collection::btree_set("[abc]{1,4}|[áб]{1,2}", 0..12),
            text in "[abcáб]{0,12}",
        ) {
            let strings: Vec<String> = strings.into_iter().collect();
            let trie = Trie::new(strings.iter().map(String::as_str));
            for at in (0..text.len()).filter(|at| text.is_char_boundary(*at)) {
                let mut found = Vec::new();
                trie.each(text.as_bytes(), at, |end, string| found.push((end - at, usize::from(string))));
                let rest = &text[at..];
                let mut expected: Vec<(usize, usize)> = strings
                    .iter()
                    .enumerate()
                    .filter(|(_, string)| rest.starts_with(string.as_str()))
                    .map(|(index, string)| (string.len(), index))
                    .collect();
                expected.sort_unstable();
                prop_assert_eq!(found, expected);
            }
        }
    }
}
