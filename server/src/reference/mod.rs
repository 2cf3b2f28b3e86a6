//! References inside a resolution: “resolves 2 above”, “*considering* b) and c)”, 上述做出决议1、2和4.
