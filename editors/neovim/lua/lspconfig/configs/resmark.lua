-- Read by nvim-lspconfig in its older form, `require('lspconfig').resmark.setup {}`, on Neovim 0.10 as well. Its newer form
-- reads `lsp/resmark.lua`.
local server = require('resmark.server')

local config = server.config()
config.name = nil
-- Here a command would be one that is typed.
config.commands = nil
vim.lsp.commands = vim.tbl_extend('keep', vim.lsp.commands, require('resmark.lens').commands)
config.root_dir = server.root_of
config.single_file_support = true

return {
  default_config = config,
  docs = { description = 'Resolutions in the Resmark markup: numbering, citations, renumbering, previews.' },
}
