"""Read the statements that M-Pesa and banks give out as CSV; nothing here touches the database."""
