-- Read by nvim-lspconfig in its older form, `require('lspconfig').resmark.setup {}`, on Neovim 0.10 as well. Its newer form
-- reads `lsp/resmark.lua`.
local server = require('resmark.server')

local config = server.config()
config.name = nil
-- Here a command would be one that is typed.
config.commands = nil
for name, command in pairs(require('resmark.lens').commands) do
  vim.lsp.commands[name] = vim.lsp.commands[name] or command
end
config.root_dir = server.root_of
config.single_file_support = true

return {
  default_config = config,
  docs = { description = 'Resolutions in the Resmark markup: numbering, citations, renumbering, previews.' },
}
