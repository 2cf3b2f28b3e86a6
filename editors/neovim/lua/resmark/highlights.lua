--- How what the server knows is coloured, over the colours of the tree, and the colours of the windows beside the text.
--- Nearly all are links, so every colour scheme decides.
local M = {}

local LINKS = {
  ['@lsp.type.citation.resmark'] = '@markup.link',
  ['@lsp.type.reference.resmark'] = '@markup.link',
  ['@lsp.type.label.resmark'] = 'Identifier',
  ['@lsp.type.verb.resmark'] = '@markup.heading',
  ['@lsp.type.insertion.resmark'] = '@diff.plus',
  ['@lsp.type.deletion.resmark'] = '@diff.minus',
  ResmarkHeading = 'Title',
  ResmarkLabel = 'Identifier',
  ResmarkCitation = '@markup.link',
  ResmarkComment = 'Comment',
  ResmarkFootnote = 'Comment',
  ResmarkDetail = 'Comment',
  ResmarkNothing = 'Comment',
  ResmarkOutdated = 'DiagnosticWarn',
  ResmarkOpen = 'DiagnosticHint',
  ResmarkPinned = 'Comment',
  ResmarkView = 'WinBarNC',
  ResmarkViewShown = 'TabLineSel',
}

--- What is printed in another way has that way, and the colour of what it is linked with elsewhere.
local STYLES = {
  ResmarkStrong = { bold = true },
  ResmarkEmphasis = { italic = true },
  ResmarkInsertion = { of = '@diff.plus', underline = true },
  ResmarkDeletion = { of = '@diff.minus', strikethrough = true },
  ResmarkAbrogated = { of = 'DiagnosticWarn', strikethrough = true },
}

--- Defines them, without touching what the colour scheme or the drafter defined.
function M.link()
  for name, target in pairs(LINKS) do
    vim.api.nvim_set_hl(0, name, { link = target, default = true })
  end
  for name, style in pairs(STYLES) do
    local colour = style.of and vim.api.nvim_get_hl(0, { name = style.of, link = false }) or {}
    vim.api.nvim_set_hl(0, name, {
      fg = colour.fg,
      ctermfg = colour.ctermfg,
      bold = style.bold,
      italic = style.italic,
      underline = style.underline,
      strikethrough = style.strikethrough,
      default = true,
    })
  end
end

return M
