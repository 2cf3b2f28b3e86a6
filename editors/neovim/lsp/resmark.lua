-- Read by `vim.lsp.enable('resmark')` (Neovim 0.11 and later). `vim.lsp.config('resmark', { … })` changes any of it.
return require('resmark.server').config()
