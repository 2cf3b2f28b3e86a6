--- How what the server knows is coloured, over the colours of the tree. All by links, so every colour scheme decides.
local M = {}

local LINKS = {
  ['@lsp.type.citation.resmark'] = '@markup.link',
  ['@lsp.type.reference.resmark'] = '@markup.link',
  ['@lsp.type.label.resmark'] = '@markup.list',
  ['@lsp.type.verb.resmark'] = '@markup.heading',
  ['@lsp.type.insertion.resmark'] = '@diff.plus',
  ['@lsp.type.deletion.resmark'] = '@diff.minus',
}

--- Defines the links, without touching what the colour scheme or the drafter defined.
function M.link()
  for name, target in pairs(LINKS) do
    vim.api.nvim_set_hl(0, name, { link = target, default = true })
  end
end

return M
