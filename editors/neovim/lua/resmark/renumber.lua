--- Renumbering: asks the server for its action and applies it, also to the other files that refer to the labels.
local M = {}

local resmark = require('resmark')

--- How many edits there are, and in how many files.
---@param edit lsp.WorkspaceEdit
local function size(edit)
  local edits, files = 0, 0
  for _, change in ipairs(edit.documentChanges or {}) do
    if change.edits then
      edits, files = edits + #change.edits, files + 1
    end
  end
  for _, changes in pairs(edit.changes or {}) do
    edits, files = edits + #changes, files + 1
  end
  return edits, files
end

--- Renumbers what the cursor stands in: `list`, `section`, `resolution`, `document` or `workspace`.
---@param scope string
function M.run(scope)
  local action, client = require('resmark.actions').request('source.renumber.' .. scope, 'renumbering')
  if not client then
    return
  elseif not action then
    resmark.say(('nothing to renumber in this %s: the labels are in order.'):format(scope))
    return
  end
  vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
  local edits, files = size(action.edit)
  local where = files > 1 and (' in %d files; `:wall` writes them all'):format(files) or ''
  resmark.say(('%d %s made%s.'):format(edits, edits == 1 and 'change' or 'changes', where))
end

return M
