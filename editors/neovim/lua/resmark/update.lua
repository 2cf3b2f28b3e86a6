--- Citations that are out of date: asks the server for its action, shows what it would change, makes it and lists it.
local M = {}

local resmark = require('resmark')
local text = require('resmark.text')

--- What would be changed in the current buffer, one for each citation, in text order, and the edits that belong to it.
---@param edit lsp.WorkspaceEdit
---@param encoding string
---@return (resmark.Change|{ id: string, edits: lsp.TextEdit[] })[]
local function changes(edit, encoding)
  local found, by_id = {}, {}
  for _, document in ipairs(edit.documentChanges or {}) do
    for _, change in ipairs(document.edits or {}) do
      local id = change.annotationId
      local note = id and (edit.changeAnnotations or {})[id]
      if note and not by_id[id] then
        -- A citation's words stand on one line, and no line is added: its number holds afterwards.
        by_id[id] = { id = id, line = change.range.start.line, label = note.label, note = note.description, edits = {} }
        found[#found + 1] = by_id[id]
      end
      if note then
        table.insert(by_id[id].edits, change)
      end
    end
  end
  for _, change in ipairs(found) do
    change.before = vim.api.nvim_buf_get_lines(0, change.line, change.line + 1, false)[1] or ''
    change.after = text.edited(change.before, change.edits, encoding)
  end
  table.sort(found, function(a, b)
    return a.line < b.line
  end)
  return found
end

--- Makes the changes that were chosen, in one step that one undo takes back, and lists them.
---@param edit lsp.WorkspaceEdit
---@param encoding string
---@param chosen (resmark.Change|{ id: string })[]
local function apply(edit, encoding, chosen)
  local wanted = {}
  for _, change in ipairs(chosen) do
    wanted[change.id] = true
  end
  for _, document in ipairs(edit.documentChanges or {}) do
    document.edits = vim.tbl_filter(function(change)
      return not change.annotationId or wanted[change.annotationId] == true
    end, document.edits or {})
  end
  local buffer = vim.api.nvim_get_current_buf()
  vim.lsp.util.apply_workspace_edit(edit, encoding)
  local look = false
  local entries = vim.tbl_map(function(change)
    look = look or (change.note or ''):find('look at the pinpoint', 1, true) ~= nil
    local words = change.label .. (change.note and (' — ' .. change.note) or '')
    return { bufnr = buffer, lnum = change.line + 1, col = 1, text = words }
  end, chosen)
  vim.fn.setloclist(0, {}, ' ', { title = 'Resmark: citations that were updated', items = entries })
  resmark.say(
    ('%d %s updated; `u` takes it back, `:lopen` lists what was changed%s.'):format(
      #entries,
      #entries == 1 and 'citation' or 'citations',
      look and ', and the pinpoints to look at' or ''
    )
  )
end

--- Brings the citations of this file that are out of date to the version in force, once the drafter has seen which.
---@param at_once? boolean does not ask
function M.run(at_once)
  local action, client = require('resmark.actions').request('source.updateCitations.resmark', 'updating citations')
  if not client then
    return
  elseif not action then
    resmark.say('no citation of this file can be brought to a newer version.')
    return
  end
  local encoding = client.offset_encoding
  local found = changes(action.edit, encoding)
  if at_once or resmark.options().review == false then
    apply(action.edit, encoding, found)
    return
  end
  local title = #found == 1 and 'Update this citation?' or ('Update these %d citations?'):format(#found)
  require('resmark.review').ask(title, found, function(chosen)
    apply(action.edit, encoding, chosen)
  end)
end

return M
