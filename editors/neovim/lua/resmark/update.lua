--- Citations that are out of date: asks the server for its action, applies it, and lists what was changed.
local M = {}

local resmark = require('resmark')

--- What was changed, one entry for each citation, in text order.
---@param edit lsp.WorkspaceEdit
---@return { lnum: integer, col: integer, bufnr: integer, text: string }[]
local function changes(edit)
  local entries, seen = {}, {}
  for _, document in ipairs(edit.documentChanges or {}) do
    local buffer = vim.uri_to_bufnr(document.textDocument.uri)
    for _, change in ipairs(document.edits or {}) do
      local note = change.annotationId and (edit.changeAnnotations or {})[change.annotationId]
      if note and not seen[change.annotationId] then
        seen[change.annotationId] = true
        local more = note.description and (' — ' .. note.description) or ''
        -- A citation's words stand on one line, and no line is added: its number holds afterwards.
        entries[#entries + 1] = { bufnr = buffer, lnum = change.range.start.line + 1, col = 1, text = note.label .. more }
      end
    end
  end
  table.sort(entries, function(a, b)
    return a.lnum < b.lnum
  end)
  return entries
end

--- Brings every citation of this file that is out of date to the version in force. One undo takes it back.
function M.run()
  local action, client = require('resmark.actions').request('source.updateCitations.resmark', 'updating citations')
  if not client then
    return
  elseif not action then
    resmark.say('no citation of this file can be brought to a newer version.')
    return
  end
  -- Before it is applied, which changes what it says.
  local entries = changes(action.edit)
  vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
  vim.fn.setloclist(0, {}, ' ', { title = 'Resmark: citations that were updated', items = entries })
  local look = vim.iter(entries):any(function(entry)
    return entry.text:find('look at the pinpoint', 1, true) ~= nil
  end)
  resmark.say(
    ('%d %s updated; `:lopen` lists what was changed%s.'):format(
      #entries,
      #entries == 1 and 'citation' or 'citations',
      look and ', and the pinpoints to look at' or ''
    )
  )
end

return M
