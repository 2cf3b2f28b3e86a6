--- Moving and selecting by what the tree knows: sections and clauses.
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

--- The first and the last line of a node, from 0.
---@param node TSNode
---@return integer first
---@return integer last
local function lines(node)
  local first, _, last, column = node:range()
  -- A node that ends at the start of a line does not reach into it.
  return first, column == 0 and math.max(last - 1, first) or last
end

--- Moves to the next (1) or the previous (-1) node of a kind, `v:count1` times.
---@param kind string
---@param direction integer
local function to(kind, direction)
  local line = vim.api.nvim_win_get_cursor(0)[1] - 1
  local ahead = {}
  for _, node in ipairs(nodes(kind)) do
    local start = node:start()
    if direction > 0 and start > line or direction < 0 and start < line then
      ahead[#ahead + 1] = start
    end
  end
  local at = direction > 0 and vim.v.count1 or #ahead + 1 - vim.v.count1
  local target = ahead[math.min(math.max(at, 1), math.max(#ahead, 1))]
  if target then
    vim.cmd("normal! m'")
    vim.api.nvim_win_set_cursor(0, { target + 1, 0 })
    vim.cmd('normal! ^')
  end
end

--- Moves to the next (1) or the previous (-1) section heading, `v:count1` times.
---@param direction integer
function M.to_section(direction)
  to('section_heading', direction)
end

--- Moves to the next (1) or the previous (-1) clause, `v:count1` times.
---@param direction integer
function M.to_clause(direction)
  to('clause', direction)
end

--- The node of a kind around the cursor: the innermost one, or with a count the one that many times further out.
---@param kind string
---@return TSNode?
local function around(kind)
  local line = vim.api.nvim_win_get_cursor(0)[1] - 1
  local found = {}
  for _, node in ipairs(nodes(kind)) do
    local first, last = lines(node)
    if first <= line and line <= last then
      found[#found + 1] = node
    end
  end
  -- In text order, those further out come first.
  return found[#found + 1 - math.min(vim.v.count1, math.max(#found, 1))]
end

--- Begins to select, in Visual mode anew.
---@param how string `v` or `V`
local function select(how)
  vim.cmd('normal! ' .. (vim.fn.mode():lower():find('^[v\22]') and '\27' or '') .. how)
end

--- Selects the lines `first` to `last`, from 0.
---@param first integer
---@param last integer
local function select_lines(first, last)
  vim.api.nvim_win_set_cursor(0, { first + 1, 0 })
  select('V')
  vim.api.nvim_win_set_cursor(0, { last + 1, 0 })
end

--- Selects the lines of the clause around the cursor, its sub-clauses included.
function M.select_clause()
  local clause = around('clause')
  if clause then
    select_lines(lines(clause))
  end
end

--- Where a clause's own words begin and end: behind its label, before its sub-clauses, inside of an insertion or deletion.
---@param clause TSNode
---@return integer row from 0
---@return integer column in bytes
---@return integer last row
---@return integer last_column exclusive
local function own_words(clause)
  local row, column, last, last_column = clause:range()
  local function look(node)
    for child in node:iter_children() do
      local kind = child:type()
      if kind == 'label' then
        _, _, row, column = child:range()
      elseif kind == 'clause' then
        last, last_column = child:start()
        return
      elseif (kind == 'insertion' or kind == 'deletion') and vim.deep_equal({ child:start() }, { clause:start() }) then
        -- The whole clause was put in or taken out: its braces stay.
        local from_row, from_column, to_row, to_column = child:range()
        row, column, last, last_column = from_row, from_column + #'{++', to_row, to_column - #'++}'
        look(child)
      end
    end
  end
  look(clause)
  return row, column, last, last_column
end

--- Selects the words of the clause around the cursor, without its label and its sub-clauses.
function M.select_inside_clause()
  local clause = around('clause')
  if not clause then
    return
  end
  local row, column, last, last_column = own_words(clause)
  local text = vim.api.nvim_buf_get_text(0, row, column, last, last_column, {})
  -- White space at either end is none of the words.
  while #text > 1 and vim.trim(text[1]) == '' do
    table.remove(text, 1)
    row, column = row + 1, 0
  end
  while #text > 1 and vim.trim(text[#text]) == '' do
    table.remove(text)
  end
  if vim.trim(text[1]) == '' then
    return
  end
  local blank = #text[1]:match('^%s*')
  local stop = #text[#text]:gsub('%s+$', '') + (#text == 1 and column or 0)
  vim.api.nvim_win_set_cursor(0, { row + 1, column + blank })
  select('v')
  -- On the last character, which may be several bytes long.
  local line = row + #text
  local words = vim.api.nvim_buf_get_lines(0, line - 1, line, false)[1]:sub(1, stop)
  vim.api.nvim_win_set_cursor(0, { line, #words + vim.str_utf_start(words, #words) - 1 })
end

--- Selects the section around the cursor with its heading, and the blank lines that divide it from the next.
function M.select_section()
  local section = around('section')
  if not section then
    return
  end
  local first, last = lines(section)
  local count = vim.api.nvim_buf_line_count(0)
  while last + 1 < count and vim.trim(vim.api.nvim_buf_get_lines(0, last + 1, last + 2, false)[1]) == '' do
    last = last + 1
  end
  select_lines(first, last)
end

--- Selects what stands below the heading of the section around the cursor.
function M.select_inside_section()
  local section = around('section')
  if not section then
    return
  end
  local _, last = lines(section)
  for child in section:iter_children() do
    if child:named() and child:type() ~= 'section_heading' then
      select_lines(child:start(), last)
      return
    end
  end
end

return M
