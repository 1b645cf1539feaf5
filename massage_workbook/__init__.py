"""A training workbook for giving a gentle back massage at home."""
