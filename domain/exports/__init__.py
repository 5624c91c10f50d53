"""What leaves the register to be handed on: workbooks and label sheets, made from views."""
