; Resmark
