"""PDF files, by way of PDFium."""
