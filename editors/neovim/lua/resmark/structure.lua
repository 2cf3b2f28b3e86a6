--- Moving by what the tree knows: sections and clauses.
local M = {}

--- All nodes of the type `kind` in the current buffer, in text order.
---@param kind string
---@return TSNode[]
local function nodes(kind)
  local ok, parser = pcall(vim.treesitter.get_parser, 0, 'resmark')
  if not ok or not parser then
    return {}
  end
  local query = vim.treesitter.query.parse('resmark', ('(%s) @node'):format(kind))
  local found = {}
  for _, node in query:iter_captures(parser:parse()[1]:root(), 0) do
    found[#found + 1] = node
  end
  return found
end

--- Moves to the next (1) or the previous (-1) section heading, `v:count1` times.
---@param direction integer
function M.to_section(direction)
  local line = vim.api.nvim_win_get_cursor(0)[1] - 1
  local starts = vim.tbl_map(function(node)
    return (node:start())
  end, nodes('section_heading'))
  local ahead = vim.tbl_filter(function(start)
    return direction > 0 and start > line or direction < 0 and start < line
  end, starts)
  local at = direction > 0 and vim.v.count1 or #ahead + 1 - vim.v.count1
  local target = ahead[math.min(math.max(at, 1), math.max(#ahead, 1))]
  if target then
    vim.cmd("normal! m'")
    vim.api.nvim_win_set_cursor(0, { target + 1, 0 })
    vim.cmd('normal! ^')
  end
end

--- Selects the lines of the innermost clause around the cursor, its sub-clauses included.
function M.select_clause()
  local line = vim.api.nvim_win_get_cursor(0)[1] - 1
  local first, last
  for _, node in ipairs(nodes('clause')) do
    local start, _, stop, column = node:range()
    -- A clause that ends at the start of a line does not reach into it.
    stop = column == 0 and math.max(stop - 1, start) or stop
    if start <= line and line <= stop and (not first or start >= first) then
      first, last = start, stop
    end
  end
  if not first then
    return
  end
  vim.api.nvim_win_set_cursor(0, { first + 1, 0 })
  -- In visual mode the selection is begun anew, by lines.
  vim.cmd('normal! ' .. (vim.fn.mode():lower():find('^[v\22]') and '\27V' or 'V'))
  vim.api.nvim_win_set_cursor(0, { last + 1, 0 })
end

return M
