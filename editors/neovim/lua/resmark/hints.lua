--- Hints behind citations, for who has asked for them in `vim.g.resmark.inlay_hints`.
local M = {}

--- Shows the hints of `buffer`. They are switched as those of every server: |vim.lsp.inlay_hint.enable()|.
---@param buffer integer
---@param client vim.lsp.Client
function M.follow(buffer, client)
  if require('resmark').options().inlay_hints and client.server_capabilities.inlayHintProvider then
    vim.lsp.inlay_hint.enable(true, { bufnr = buffer })
  end
end

return M
