--- Places in a line, as the protocol counts them and as Neovim does.
local M = {}

--- The byte of `line` at which its character number `character` begins, counted in the client's encoding.
---@param line string
---@param character integer
---@param encoding string `utf-8`, `utf-16` or `utf-32`
---@return integer
function M.byte(line, character, encoding)
  if encoding == 'utf-8' then
    return math.min(character, #line)
  elseif vim.fn.has('nvim-0.11') == 1 then
    return vim.str_byteindex(line, encoding, character, false)
  end
  -- The older form knows no end of the line.
  local ok, byte = pcall(vim.str_byteindex, line, character, encoding == 'utf-16')
  return ok and byte or #line
end

--- `line` with edits made in it; those that reach over its end are left out.
---@param line string
---@param edits lsp.TextEdit[]
---@param encoding string
---@return string
function M.edited(line, edits, encoding)
  local ordered = vim.deepcopy(edits)
  table.sort(ordered, function(a, b)
    return a.range.start.character > b.range.start.character
  end)
  for _, edit in ipairs(ordered) do
    if edit.range.start.line == edit.range['end'].line then
      local from = M.byte(line, edit.range.start.character, encoding)
      local to = M.byte(line, edit.range['end'].character, encoding)
      line = line:sub(1, from) .. edit.newText .. line:sub(to + 1)
    end
  end
  return line
end

return M
